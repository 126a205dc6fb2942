package dev.minitower.server.identity;

import dev.minitower.model.identity.TokenHash;
import dev.minitower.model.identity.TokenKind;
import dev.minitower.server.platform.auth.TeamAuthenticator;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.platform.auth.TokenCache;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Knows team tokens without a query for each request; expiry is looked at each time. */
@Component
final class CachedTeamAuthenticator implements TeamAuthenticator {
  private final TokenCache<LiveToken> known;
  private final LastUses lastUses;
  private final InstantSource clock;

  CachedTeamAuthenticator(TokenRepository tokens, LastUses lastUses, InstantSource clock) {
    this.known = new TokenCache<>(clock, tokens::findUnrevoked);
    this.lastUses = lastUses;
    this.clock = clock;
  }

  @Override
  public Optional<TeamPrincipal> authenticate(String token) {
    if (!TokenKind.TEAM.matches(token)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Optional<TeamPrincipal> principal =
        known
            .find(TokenHash.of(token))
            .filter(live -> live.isValidAt(now))
            .map(LiveToken::principal);
    principal.ifPresent(found -> lastUses.used(found.tokenId(), now));
    return principal;
  }

  /** After the commit that revoked it. */
  void forget(TokenHash token) {
    known.forget(token);
  }
}
