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
  private final ChangeFeed feed;

  RunChanges(ChangeFeed feed) {
    this.feed = feed;
  }

  /** A move of the run alone. */
  void tell(MovedRun run, RunCause cause) {
    tell(run, cause, null, null);
  }

  /** A move of the run together with this attempt. */
  void tell(MovedRun run, RunCause cause, Attempt attempt) {
    tell(run, cause, attempt.attemptNo(), attempt.runnerName());
  }

  void tell(MovedRun run, RunCause cause, @Nullable Integer attemptNo, @Nullable String runner) {
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
  }
}
