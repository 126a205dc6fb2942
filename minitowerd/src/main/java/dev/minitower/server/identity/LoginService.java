package dev.minitower.server.identity;

import dev.minitower.model.api.ChangePasswordRequest;
import dev.minitower.model.api.LoginRequest;
import dev.minitower.model.api.TeamTokenResponse;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What takes a team's password. Guessing is bounded by {@link LoginLimiter}. */
@Service
final class LoginService {
  private final Transactions transactions;
  private final TeamRepository teams;
  private final TeamFounder founder;
  private final PasswordHasher passwords;
  private final LoginLimiter limiter;
  private final InstantSource clock;

  LoginService(
      Transactions transactions,
      TeamRepository teams,
      TeamFounder founder,
      PasswordHasher passwords,
      LoginLimiter limiter,
      InstantSource clock) {
    this.transactions = transactions;
    this.teams = teams;
    this.founder = founder;
    this.passwords = passwords;
    this.limiter = limiter;
    this.clock = clock;
  }

  /** A fresh admin token for whoever knows the password. */
  TeamTokenResponse logIn(LoginRequest request, String address) {
    Team team =
        compare(request.slug(), request.password(), address).orElseThrow(LoginService::refused);
    return transactions.write(
        () -> {
          if (!hasStillThePassword(team)) {
            throw refused();
          }
          return founder.admit(team, "log-in", clock.instant());
        });
  }

  /** One answer to everything that can be wrong: it must not tell which teams there are. */
  private static ApiException refused() {
    return ApiException.unauthorized("the team or the password is not right");
  }

  /** The password may have been changed while it was compared. */
  private boolean hasStillThePassword(Team team) {
    return teams
        .find(team.slug())
        .filter(now -> Objects.equals(now.passwordHash(), team.passwordHash()))
        .isPresent();
  }

  /** Sets the team's password; only for one who knows the current one. */
  void changePassword(TeamPrincipal admin, ChangePasswordRequest request, String address) {
    Team team =
        compare(admin.teamSlug(), request.currentPassword(), address)
            .orElseThrow(LoginService::wrongCurrent);
    String oldHash = Objects.requireNonNull(team.passwordHash());
    String newHash = passwords.hash(request.newPassword());
    boolean changed = transactions.write(() -> teams.replacePassword(team.id(), oldHash, newHash));
    if (!changed) {
      throw wrongCurrent();
    }
  }

  /** Not 401, on which clients throw their token away. */
  private static ApiException wrongCurrent() {
    return ApiException.forbidden("current_password is not the team's password");
  }

  /** The team, if the password is its own; takes the same time if not. */
  private Optional<Team> compare(String slug, String password, String address) {
    limiter.attempt(slug, address);
    Optional<Team> team = teams.find(slug);
    if (!passwords.matches(password, team.map(Team::passwordHash).orElse(null))) {
      return Optional.empty();
    }
    limiter.succeeded(slug, address);
    return team;
  }
}
