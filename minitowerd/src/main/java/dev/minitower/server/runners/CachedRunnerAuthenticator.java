package dev.minitower.server.runners;

import dev.minitower.model.identity.TokenHash;
import dev.minitower.model.identity.TokenKind;
import dev.minitower.server.platform.auth.RunnerAuthenticator;
import dev.minitower.server.platform.auth.RunnerPrincipal;
import dev.minitower.server.platform.auth.TokenCache;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Knows runner tokens without a query for each call, and that whoever calls is alive. */
@Component
final class CachedRunnerAuthenticator implements RunnerAuthenticator {
  private final TokenCache<RunnerPrincipal> known;
  private final RunnerLiveness liveness;
  private final InstantSource clock;

  CachedRunnerAuthenticator(
      RunnerRepository runners, RunnerLiveness liveness, InstantSource clock) {
    this.known = new TokenCache<>(clock, runners::findPrincipal);
    this.liveness = liveness;
    this.clock = clock;
  }

  @Override
  public Optional<RunnerPrincipal> authenticate(String token) {
    if (!TokenKind.RUNNER.matches(token)) {
      return Optional.empty();
    }
    Optional<RunnerPrincipal> runner = known.find(TokenHash.of(token));
    runner.ifPresent(found -> liveness.heard(found.runnerId(), clock.instant()));
    return runner;
  }

  /** After the commit that rotated it away or deleted its runner. */
  void forget(TokenHash token) {
    known.forget(token);
  }
}
