package dev.minitower.server.runners;

import dev.minitower.server.platform.settings.Settings;
import dev.minitower.server.runners.RunnerLiveness.Sightings;
import dev.minitower.server.runners.RunnerRepository.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets runners that stay away; one that is online is never meant, however short the setting. */
@Component
final class RunnerPruning {
  private static final Logger log = LoggerFactory.getLogger(RunnerPruning.class);
  private static final long INTERVAL_MILLIS = 10_000;

  private final RunnerRepository runners;
  private final RunnerLiveness liveness;
  private final RegistrationService registrations;
  private final InstantSource clock;
  private final Duration pruneAfter;

  RunnerPruning(
      RunnerRepository runners,
      RunnerLiveness liveness,
      RegistrationService registrations,
      InstantSource clock,
      Settings settings) {
    this.runners = runners;
    this.liveness = liveness;
    this.registrations = registrations;
    this.clock = clock;
    this.pruneAfter = settings.runnerPruneAfter();
  }

  /** Returns how many runners were forgotten. */
  @Scheduled(fixedDelay = INTERVAL_MILLIS)
  int prune() {
    if (pruneAfter.isZero()) {
      return 0;
    }
    Sightings sightings = liveness.sightings();
    Duration unseenFor =
        pruneAfter.compareTo(sightings.onlineFor()) > 0 ? pruneAfter : sightings.onlineFor();
    Instant cutoff = clock.instant().minus(unseenFor);
    int forgotten = 0;
    for (Sighting one : runners.sightings()) {
      Instant lastSeen = sightings.lastSeen(one.runnerId(), one.lastSeenAt());
      if (lastSeen.isBefore(cutoff) && forget(one.runnerId(), unseenFor)) {
        forgotten++;
      }
    }
    return forgotten;
  }

  private boolean forget(long runnerId, Duration unseenFor) {
    try {
      return registrations.forget(runnerId, unseenFor);
    } catch (RuntimeException e) {
      // One bad row must not keep the others.
      log.error("Could not forget runner={}", runnerId, e);
      return false;
    }
  }
}
