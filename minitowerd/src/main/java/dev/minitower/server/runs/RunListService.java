package dev.minitower.server.runs;

import dev.minitower.model.api.RunListResponse;
import dev.minitower.model.api.RunResponse;
import dev.minitower.model.api.RunSummaryResponse;
import dev.minitower.model.lifecycle.RunStatus;
import dev.minitower.server.apps.LastRuns;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.platform.web.Page;
import dev.minitower.server.platform.web.SearchText;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Shows a team its runs. */
@Service
public class RunListService implements LastRuns {
  private final Transactions transactions;
  private final RunTargetRepository targets;
  private final RunQueries queries;
  private final RunSearch search;
  private final AttemptRepository attempts;
  private final RunResponses responses;

  RunListService(
      Transactions transactions,
      RunTargetRepository targets,
      RunQueries queries,
      RunSearch search,
      AttemptRepository attempts,
      RunResponses responses) {
    this.transactions = transactions;
    this.targets = targets;
    this.queries = queries;
    this.search = search;
    this.attempts = attempts;
    this.responses = responses;
  }

  /**
   * @param app the slug of an app; null for all of the team's
   * @param statuses codes joined by commas; null for all
   * @param q a text to search for; null for all
   */
  RunListResponse list(
      long teamId, @Nullable String app, @Nullable String statuses, @Nullable String q, Page page) {
    return transactions.read(
        () -> {
          Long appId =
              app == null
                  ? null
                  : targets.appId(teamId, app).orElseThrow(() -> ApiException.notFound("app"));
          var filter =
              new RunQueries.Filter(
                  teamId, appId, parse(statuses), page.afterId().orElse(Long.MAX_VALUE));
          return q == null ? all(filter, page) : found(filter, SearchText.of(q), page);
        });
  }

  private RunListResponse all(RunQueries.Filter filter, Page page) {
    List<Run> fetched = queries.list(filter, page.fetchLimit(), page.offset());
    return new RunListResponse(
        page.shown(fetched).stream().map(responses::of).toList(),
        page.nextCursor(fetched, run -> String.valueOf(run.id())));
  }

  private RunListResponse found(RunQueries.Filter filter, String text, Page page) {
    RunSearch.Found found = search.find(filter, text, page);
    return new RunListResponse(
        queries.ofIds(found.ids()).stream().map(responses::of).toList(), found.nextCursor());
  }

  private static List<RunStatus> parse(@Nullable String statuses) {
    if (statuses == null) {
      return List.of();
    }
    try {
      return Arrays.stream(statuses.split(",", -1)).map(RunStatus::of).distinct().toList();
    } catch (IllegalArgumentException e) {
      throw ApiException.invalidField(
          "status",
          "must be one or more of %s, joined by commas"
              .formatted(
                  Arrays.stream(RunStatus.values())
                      .map(RunStatus::code)
                      .collect(Collectors.joining(", "))));
    }
  }

  RunSummaryResponse summary(long teamId) {
    var counts = queries.counts(teamId);
    return new RunSummaryResponse(
        counts.total(),
        counts.held(),
        counts.queued(),
        counts.total() - counts.held() - counts.queued());
  }

  /** One run with its attempts, as of one moment. */
  public RunResponse withAttempts(long teamId, long runId) {
    return transactions.read(
        () -> {
          Run run = queries.find(teamId, runId).orElseThrow(() -> ApiException.notFound("run"));
          return responses.of(run, attempts.ofRun(runId));
        });
  }

  @Override
  public Map<Long, RunResponse> ofApps(Collection<Long> appIds) {
    return queries.newestOf(appIds).stream().collect(Collectors.toMap(Run::appId, responses::of));
  }
}
