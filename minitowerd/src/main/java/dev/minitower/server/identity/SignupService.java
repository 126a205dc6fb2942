package dev.minitower.server.identity;

import dev.minitower.model.api.SignupRequest;
import dev.minitower.model.api.TeamTokenResponse;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.settings.Settings;
import dev.minitower.server.platform.web.ApiException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Teams that sign up by themselves. */
@Service
final class SignupService {
  private final Transactions transactions;
  private final TeamRepository teams;
  private final TeamFounder founder;
  private final PasswordHasher passwords;
  private final InstantSource clock;
  private final Optional<Boolean> setting;

  SignupService(
      Transactions transactions,
      TeamRepository teams,
      TeamFounder founder,
      PasswordHasher passwords,
      InstantSource clock,
      Settings settings) {
    this.transactions = transactions;
    this.teams = teams;
    this.founder = founder;
    this.passwords = passwords;
    this.clock = clock;
    this.setting = settings.signupEnabled();
  }

  /** As the operator set it; if not set, until the first team is there. */
  boolean isOpen() {
    return setting.orElseGet(() -> !teams.anyExists());
  }

  /** Makes a team with its first admin token. */
  TeamTokenResponse signUp(SignupRequest request) {
    refuseIfClosed();
    String passwordHash = passwords.hash(request.password());
    return transactions.write(
        () -> {
          // Again, where nobody can come in between: of two first teams only one is the first.
          refuseIfClosed();
          Instant now = clock.instant();
          Team team =
              founder
                  .found(request.slug(), request.name(), passwordHash, now)
                  .orElseThrow(() -> ApiException.slugTaken(request.slug()));
          return founder.admit(team, "sign-up", now);
        });
  }

  private void refuseIfClosed() {
    if (!isOpen()) {
      throw ApiException.forbidden("sign-up is closed on this server");
    }
  }
}
