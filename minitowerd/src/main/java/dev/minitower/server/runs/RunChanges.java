package dev.minitower.server.runs;

import dev.minitower.server.events.Change.RunCause;
import dev.minitower.server.events.Change.RunChanged;
import dev.minitower.server.events.ChangeFeed;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says from inside a unit of work what it did to a run; everybody else hears it after the commit.
 */
@Component
class RunChanges {
  private final RunQueries queries;
  private final ChangeFeed feed;

  RunChanges(RunQueries queries, ChangeFeed feed) {
    this.queries = queries;
    this.feed = feed;
  }

  /** A move of the run alone. Returns the run as it is now. */
  Run tell(long runId, RunCause cause) {
    return tell(runId, cause, null, null);
  }

  /** A move of the run together with this attempt. */
  Run tell(Attempt attempt, RunCause cause) {
    return tell(attempt.runId(), cause, attempt.attemptNo(), attempt.runnerName());
  }

  Run tell(long runId, RunCause cause, @Nullable Integer attemptNo, @Nullable String runner) {
    Run run = queries.get(runId);
    feed.publish(
        new RunChanged(
            cause,
            run.id(),
            attemptNo,
            runner,
            run.teamId(),
            run.teamSlug(),
            run.appSlug(),
            run.environment(),
            run.status(),
            run.queuedAt(),
            run.startedAt(),
            run.finishedAt()));
    return run;
  }
}
