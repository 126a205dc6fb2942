package dev.minitower.server.runners;

import dev.minitower.model.api.RegisterRunnerRequest;
import dev.minitower.model.api.RegisteredRunnerResponse;
import dev.minitower.model.api.RunnerStatus;
import dev.minitower.model.identity.TokenHash;
import dev.minitower.model.identity.TokenKind;
import dev.minitower.server.events.Change;
import dev.minitower.server.events.ChangeFeed;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.runs.RunQueries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Runners come in under a name; whoever holds a name and is alive keeps it. */
@Service
final class RegistrationService {
  private static final Logger log = LoggerFactory.getLogger(RegistrationService.class);

  private final Transactions transactions;
  private final RunnerRepository runners;
  private final RunnerLiveness liveness;
  private final CachedRunnerAuthenticator authenticator;
  private final RunQueries runs;
  private final ChangeFeed feed;
  private final InstantSource clock;

  RegistrationService(
      Transactions transactions,
      RunnerRepository runners,
      RunnerLiveness liveness,
      CachedRunnerAuthenticator authenticator,
      RunQueries runs,
      ChangeFeed feed,
      InstantSource clock) {
    this.transactions = transactions;
    this.runners = runners;
    this.liveness = liveness;
    this.authenticator = authenticator;
    this.runs = runs;
    this.feed = feed;
    this.clock = clock;
  }

  /**
   * @param created false if the name was known
   */
  record Registered(boolean created, RegisteredRunnerResponse runner) {}

  /**
   * @param oldToken the token that is dead now; null for a new name
   */
  private record Entered(long runnerId, @Nullable TokenHash oldToken) {}

  /** Enters a runner, or gives a known name a new token, after which the old one is dead. */
  Registered register(RegisterRunnerRequest request) {
    String token = TokenKind.RUNNER.generate();
    Registration registration = Registration.of(request, TokenHash.of(token));
    Entered entered = transactions.write(() -> enter(registration, clock.instant()));
    if (entered.oldToken() != null) {
      authenticator.forget(entered.oldToken());
    }
    log.info(
        "Registered runner={} name={} environment={}",
        entered.runnerId(),
        registration.name(),
        registration.environment());
    return new Registered(
        entered.oldToken() == null,
        new RegisteredRunnerResponse(entered.runnerId(), registration.name(), token));
  }

  private Entered enter(Registration registration, Instant now) {
    Optional<Runner> holder = runners.findByName(registration.name());
    Entered entered =
        holder.isPresent()
            ? takeOver(holder.get(), registration, now)
            : new Entered(runners.insert(registration, now), null);
    feed.publish(new Change.RunnerRegistered(entered.runnerId(), registration.environment()));
    feed.publish(new Change.RunnerChanged(entered.runnerId()));
    return entered;
  }

  private Entered takeOver(Runner holder, Registration registration, Instant now) {
    if (registration.isAnotherInstanceThan(holder) && isLive(holder, now)) {
      throw ApiException.conflict(
          "another runner is using the name '%s'; give this one another name, or wait until that"
                  .formatted(holder.name())
              + " one is offline");
    }
    int active = runs.activeAttemptsByRunner().getOrDefault(holder.id(), 0);
    if (!runners.update(holder.id(), registration.withRoomFor(active), now)) {
      throw new IllegalStateException(
          "runner vanished inside a unit of work, runner=" + holder.id());
    }
    return new Entered(holder.id(), holder.tokenHash());
  }

  private boolean isLive(Runner runner, Instant now) {
    RunnerStatus status = liveness.sightings().status(runner.id(), runner.lastSeenAt(), now);
    return status == RunnerStatus.ONLINE || runs.hasActiveAttempt(runner.id());
  }

  /**
   * Deletes a runner that holds no attempt and was not heard for so long; false if it holds one or
   * was heard. Its token is dead then.
   */
  boolean forget(long runnerId, Duration unseenFor) {
    Optional<TokenHash> deadToken =
        transactions.write(() -> delete(runnerId, clock.instant().minus(unseenFor)));
    deadToken.ifPresent(authenticator::forget);
    deadToken.ifPresent(token -> log.info("Forgot runner={}, long offline", runnerId));
    return deadToken.isPresent();
  }

  private Optional<TokenHash> delete(long runnerId, Instant cutoff) {
    boolean heard = !liveness.sightings().lastSeen(runnerId, Instant.MIN).isBefore(cutoff);
    return heard || runs.hasActiveAttempt(runnerId)
        ? Optional.empty()
        : runners.deleteUnseenSince(runnerId, cutoff);
  }
}
