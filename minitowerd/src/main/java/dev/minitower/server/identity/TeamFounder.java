package dev.minitower.server.identity;

import dev.minitower.model.api.Role;
import dev.minitower.model.api.TeamTokenResponse;
import dev.minitower.model.identity.TokenHash;
import dev.minitower.model.identity.TokenKind;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes teams and hands out their admin tokens; only from inside a unit of work. */
@Component
final class TeamFounder {
  private final TeamRepository teams;
  private final EnvironmentRepository environments;
  private final TokenRepository tokens;

  TeamFounder(TeamRepository teams, EnvironmentRepository environments, TokenRepository tokens) {
    this.teams = teams;
    this.environments = environments;
    this.tokens = tokens;
  }

  /** The new team with its environment; empty if the slug is taken. */
  Optional<Team> found(String slug, String name, @Nullable String passwordHash, Instant now) {
    OptionalLong id = teams.insert(slug, name, passwordHash, now);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    long unusedEnvironment = environments.insertDefault(id.getAsLong(), now);
    return Optional.of(new Team(id.getAsLong(), slug, passwordHash));
  }

  /**
   * A fresh admin token of the team.
   *
   * @param occasion becomes the token's name, so that a list of tokens explains itself
   */
  TeamTokenResponse admit(Team team, String occasion, Instant now) {
    String token = TokenKind.TEAM.generate();
    NewToken row = new NewToken(team.id(), TokenHash.of(token), occasion, Role.ADMIN, null, null);
    long tokenId = tokens.insert(row, now);
    return new TeamTokenResponse(team.id(), team.slug(), token, tokenId, Role.ADMIN);
  }
}
