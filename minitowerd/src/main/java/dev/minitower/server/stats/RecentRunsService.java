package dev.minitower.server.stats;

import dev.minitower.model.api.FinishedRunResponse;
import dev.minitower.model.api.RecentRunsResponse;
import dev.minitower.model.lifecycle.RunStatus;
import dev.minitower.server.apps.RecentRuns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What the last finished runs of an app say of it. */
@Service
final class RecentRunsService implements RecentRuns {
  private static final int RUNS = 50;

  private final RecentRunQueries queries;

  RecentRunsService(RecentRunQueries queries) {
    this.queries = queries;
  }

  @Override
  public Map<Long, RecentRunsResponse> ofApps(Collection<Long> appIds) {
    Map<Long, List<FinishedRunResponse>> newestFirst = queries.lastFinished(appIds, RUNS);
    return appIds.stream()
        .collect(
            Collectors.toMap(
                Function.identity(), app -> summary(newestFirst.getOrDefault(app, List.of()))));
  }

  private static RecentRunsResponse summary(List<FinishedRunResponse> newestFirst) {
    List<FinishedRunResponse> runs = new ArrayList<>(newestFirst);
    Collections.reverse(runs);
    return new RecentRunsResponse(runs, successRate(runs), medianSeconds(runs));
  }

  /** Of the runs that nobody cancelled; null if there is none. */
  private static @Nullable Double successRate(List<FinishedRunResponse> runs) {
    long judged = runs.stream().filter(run -> run.status() != RunStatus.CANCELLED).count();
    long completed = runs.stream().filter(run -> run.status() == RunStatus.COMPLETED).count();
    return judged == 0 ? null : (double) completed / judged;
  }

  /** Of the runs that completed; null if none did. */
  private static @Nullable Double medianSeconds(List<FinishedRunResponse> runs) {
    double[] sorted =
        runs.stream()
            .filter(run -> run.status() == RunStatus.COMPLETED)
            .map(FinishedRunResponse::durationSeconds)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return null;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
