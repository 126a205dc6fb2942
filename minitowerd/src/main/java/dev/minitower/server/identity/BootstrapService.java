package dev.minitower.server.identity;

import dev.minitower.model.api.BootstrapTeamRequest;
import dev.minitower.model.api.TeamTokenResponse;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The operator's own way in. */
@Service
final class BootstrapService {
  private final Transactions transactions;
  private final TeamRepository teams;
  private final TeamFounder founder;
  private final PasswordHasher passwords;
  private final InstantSource clock;

  BootstrapService(
      Transactions transactions,
      TeamRepository teams,
      TeamFounder founder,
      PasswordHasher passwords,
      InstantSource clock) {
    this.transactions = transactions;
    this.teams = teams;
    this.founder = founder;
    this.passwords = passwords;
    this.clock = clock;
  }

  /**
   * @param created false if the team was there before
   */
  record Bootstrapped(boolean created, TeamTokenResponse team) {}

  /** Makes the first team, or gives it a fresh token, and the password if there is one. */
  Bootstrapped bootstrap(BootstrapTeamRequest request) {
    String passwordHash = request.password() == null ? null : passwords.hash(request.password());
    return transactions.write(
        () -> {
          Instant now = clock.instant();
          Optional<Team> known = teams.find(request.slug());
          Team team = known.isPresent() ? known.get() : first(request, passwordHash, now);
          if (known.isPresent() && passwordHash != null) {
            resetPassword(team, passwordHash);
          }
          return new Bootstrapped(known.isEmpty(), founder.admit(team, "bootstrap", now));
        });
  }

  private Team first(BootstrapTeamRequest request, @Nullable String passwordHash, Instant now) {
    if (teams.anyExists()) {
      throw ApiException.teamExists();
    }
    return founder
        .found(request.slug(), request.name(), passwordHash, now)
        .orElseThrow(() -> new IllegalStateException("a team appeared inside a unit of work"));
  }

  private void resetPassword(Team team, String passwordHash) {
    if (!teams.setPassword(team.id(), passwordHash)) {
      throw new IllegalStateException("team vanished inside a unit of work, team=" + team.id());
    }
  }
}
