package dev.minitower.server.stats;

import dev.minitower.model.api.EnvironmentQueueResponse;
import dev.minitower.model.api.QueueStatsResponse;
import dev.minitower.model.api.RunHourResponse;
import dev.minitower.model.api.RunStatsResponse;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.runners.RunnerService;
import dev.minitower.server.stats.StatsQueries.HourRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Counts for the dashboard. */
@Service
final class StatsService {
  private final Transactions transactions;
  private final StatsQueries queries;
  private final RunnerService runners;
  private final InstantSource clock;

  StatsService(
      Transactions transactions, StatsQueries queries, RunnerService runners, InstantSource clock) {
    this.transactions = transactions;
    this.queries = queries;
    this.runners = runners;
    this.clock = clock;
  }

  /**
   * The last hours, the current one last.
   *
   * @param app the slug of an app; null for all of the team's
   */
  RunStatsResponse runs(long teamId, @Nullable String app, int hours) {
    long current = Duration.ofSeconds(clock.instant().getEpochSecond()).toHours();
    HourRange range = new HourRange(current - hours + 1, current);
    Map<Long, RunHourResponse> counted =
        transactions.read(
            () ->
                app == null
                    ? queries.hours(teamId, range)
                    : queries.hoursOfApp(teamId, appId(teamId, app), range));
    return new RunStatsResponse(
        LongStream.rangeClosed(range.first(), range.last())
            .mapToObj(hour -> counted.getOrDefault(hour, none(hour)))
            .toList());
  }

  private long appId(long teamId, String slug) {
    return queries.appId(teamId, slug).orElseThrow(() -> ApiException.notFound("app"));
  }

  private static RunHourResponse none(long hour) {
    return new RunHourResponse(Instant.EPOCH.plus(Duration.ofHours(hour)), 0, 0, 0, 0);
  }

  /** What waits and what runs in each of the team's environments. */
  QueueStatsResponse queue(long teamId) {
    Map<String, Long> online = runners.onlineByEnvironment();
    List<EnvironmentQueueResponse> environments =
        transactions.read(() -> queries.environments(teamId)).stream()
            .map(
                queue ->
                    new EnvironmentQueueResponse(
                        queue.environment(),
                        queue.queued(),
                        queue.oldestQueuedAt(),
                        queue.active(),
                        online.getOrDefault(queue.environment(), 0L)))
            .toList();
    return new QueueStatsResponse(environments);
  }
}
