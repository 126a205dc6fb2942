package dev.minitower.server.runners;

import dev.minitower.model.api.RunnerStatus;
import dev.minitower.server.events.Change;
import dev.minitower.server.events.ChangeFeed;
import dev.minitower.server.runners.RunnerLiveness.Sightings;
import dev.minitower.server.runners.RunnerRepository.Sighting;
import dev.minitower.server.runs.LeaseWaiters;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Tells when a runner goes offline or comes back. */
@Component
final class RunnerWatch {
  private static final long INTERVAL_MILLIS = 5_000;

  private final RunnerRepository runners;
  private final LeaseWaiters waiters;
  private final RunnerLiveness liveness;
  private final ChangeFeed feed;
  private final InstantSource clock;
  private Map<Long, RunnerStatus> told = Map.of();

  RunnerWatch(
      RunnerRepository runners,
      LeaseWaiters waiters,
      RunnerLiveness liveness,
      ChangeFeed feed,
      InstantSource clock) {
    this.runners = runners;
    this.waiters = waiters;
    this.liveness = liveness;
    this.feed = feed;
    this.clock = clock;
  }

  /**
   * Returns how many runners changed since the last look. One that is new is not told: its
   * registration was.
   */
  @Scheduled(fixedDelay = INTERVAL_MILLIS)
  synchronized int look() {
    Instant now = clock.instant();
    waiters.runnerIds().forEach(runnerId -> liveness.heard(runnerId, now));
    Sightings sightings = liveness.sightings();
    Map<Long, RunnerStatus> seen = new HashMap<>();
    int changed = 0;
    for (Sighting one : runners.sightings()) {
      RunnerStatus status = sightings.status(one.runnerId(), one.lastSeenAt(), now);
      seen.put(one.runnerId(), status);
      if (told.getOrDefault(one.runnerId(), status) != status) {
        feed.tell(new Change.RunnerChanged(one.runnerId()));
        changed++;
      }
    }
    told = seen;
    return changed;
  }
}
