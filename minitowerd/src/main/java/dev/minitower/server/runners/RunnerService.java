package dev.minitower.server.runners;

import dev.minitower.model.api.RunnerListResponse;
import dev.minitower.model.api.RunnerResponse;
import dev.minitower.model.api.RunnerStatus;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.Page;
import dev.minitower.server.runners.RunnerLiveness.Sightings;
import dev.minitower.server.runs.RunQueries;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Service;

/** What there is to know about runners. */
@Service
public final class RunnerService {
  private final Transactions transactions;
  private final RunnerRepository runners;
  private final RunnerLiveness liveness;
  private final RunQueries runs;
  private final InstantSource clock;

  RunnerService(
      Transactions transactions,
      RunnerRepository runners,
      RunnerLiveness liveness,
      RunQueries runs,
      InstantSource clock) {
    this.transactions = transactions;
    this.runners = runners;
    this.liveness = liveness;
    this.runs = runs;
    this.clock = clock;
  }

  /** Runners by name, with what they are doing. */
  RunnerListResponse list(Page page) {
    Sightings sightings = liveness.sightings();
    return transactions.read(
        () -> {
          Instant now = clock.instant();
          Map<Long, Integer> active = runs.activeAttemptsByRunner();
          List<Runner> fetched = runners.list(page);
          return new RunnerListResponse(
              page.shown(fetched).stream()
                  .map(runner -> response(runner, sightings, active, now))
                  .toList(),
              page.nextCursor(fetched, Runner::name));
        });
  }

  /** One runner; empty if it was forgotten. */
  public Optional<RunnerResponse> find(long runnerId) {
    Sightings sightings = liveness.sightings();
    return transactions.read(
        () ->
            runners
                .find(runnerId)
                .map(
                    runner ->
                        response(
                            runner, sightings, runs.activeAttemptsByRunner(), clock.instant())));
  }

  private static RunnerResponse response(
      Runner runner, Sightings sightings, Map<Long, Integer> active, Instant now) {
    return new RunnerResponse(
        runner.id(),
        runner.name(),
        runner.environment(),
        sightings.status(runner.id(), runner.lastSeenAt(), now),
        sightings.lastSeen(runner.id(), runner.lastSeenAt()),
        runner.labels(),
        runner.version(),
        runner.maxConcurrent(),
        active.getOrDefault(runner.id(), 0),
        runner.registeredAt(),
        runner.isolation(),
        runner.state(),
        runner.stateReason());
  }

  /** How many runners are online in each environment that has any; 0 where all are offline. */
  public Map<String, Long> onlineByEnvironment() {
    Sightings sightings = liveness.sightings();
    Instant now = clock.instant();
    Map<String, Long> online = new TreeMap<>();
    runners
        .sightings()
        .forEach(
            one -> {
              RunnerStatus status = sightings.status(one.runnerId(), one.lastSeenAt(), now);
              online.merge(one.environment(), status == RunnerStatus.ONLINE ? 1L : 0L, Long::sum);
            });
    return online;
  }
}
