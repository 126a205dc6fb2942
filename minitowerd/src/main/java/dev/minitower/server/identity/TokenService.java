package dev.minitower.server.identity;

import dev.minitower.model.api.CreateTokenRequest;
import dev.minitower.model.api.CreatedTokenResponse;
import dev.minitower.model.api.Role;
import dev.minitower.model.api.TokenListResponse;
import dev.minitower.model.api.TokenResponse;
import dev.minitower.model.identity.TokenHash;
import dev.minitower.model.identity.TokenKind;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.platform.web.Page;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** A team's tokens. */
@Service
final class TokenService {
  private final Transactions transactions;
  private final TokenRepository tokens;
  private final CachedTeamAuthenticator authenticator;
  private final LastUses lastUses;
  private final InstantSource clock;

  TokenService(
      Transactions transactions,
      TokenRepository tokens,
      CachedTeamAuthenticator authenticator,
      LastUses lastUses,
      InstantSource clock) {
    this.transactions = transactions;
    this.tokens = tokens;
    this.authenticator = authenticator;
    this.lastUses = lastUses;
    this.clock = clock;
  }

  /** A token as asked for; a member's is a member's, whatever it asks for. */
  CreatedTokenResponse create(TeamPrincipal creator, CreateTokenRequest request) {
    String token = TokenKind.TEAM.generate();
    TokenHash hash = TokenHash.of(token);
    Role role = creator.isAdmin() && request.role() == Role.ADMIN ? Role.ADMIN : Role.MEMBER;
    return transactions.write(
        () -> {
          Instant now = clock.instant();
          if (!tokens.isUnrevoked(creator.tokenId())) {
            // Revoked since the filter saw it: it must not live on in a token that it makes.
            throw ApiException.unauthorized("the token was revoked");
          }
          Instant expiresAt = expiry(request, now);
          NewToken row =
              new NewToken(
                  creator.teamId(), hash, request.name(), role, creator.tokenId(), expiresAt);
          long id = tokens.insert(row, now);
          return new CreatedTokenResponse(id, token, request.name(), role, expiresAt);
        });
  }

  private static @Nullable Instant expiry(CreateTokenRequest request, Instant now) {
    return request.expiresInSeconds() == null ? null : now.plusSeconds(request.expiresInSeconds());
  }

  /** The team's tokens for an admin, its own for a member; newest first. */
  TokenListResponse list(TeamPrincipal viewer, Page page) {
    List<TokenResponse> fetched = tokens.list(viewer, page);
    return new TokenListResponse(
        page.shown(fetched).stream().map(this::withNewestUse).toList(),
        page.nextCursor(fetched, token -> String.valueOf(token.tokenId())));
  }

  private TokenResponse withNewestUse(TokenResponse token) {
    return new TokenResponse(
        token.tokenId(),
        token.name(),
        token.role(),
        token.createdAt(),
        lastUses.newest(token.tokenId(), token.lastUsedAt()),
        token.expiresAt(),
        token.revokedAt(),
        token.current());
  }

  /** Ends a token for every later request; to end it again changes nothing. */
  void revoke(TeamPrincipal revoker, long tokenId) {
    TokenHash revoked =
        transactions.write(
            () ->
                tokens
                    .revoke(revoker, tokenId, clock.instant())
                    .orElseThrow(() -> ApiException.notFound("token")));
    authenticator.forget(revoked);
  }
}
