package dev.minitower.server.runs;

import dev.minitower.model.lifecycle.RunStatus;
import dev.minitower.server.events.Change.RunCause;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Cancels runs. */
@Service
class CancelService {
  private final Transactions transactions;
  private final RunRepository runs;
  private final AttemptRepository attempts;
  private final RunQueries queries;
  private final RunChanges changes;
  private final LeaseTimes times;
  private final InstantSource clock;

  CancelService(
      Transactions transactions,
      RunRepository runs,
      AttemptRepository attempts,
      RunQueries queries,
      RunChanges changes,
      LeaseTimes times,
      InstantSource clock) {
    this.transactions = transactions;
    this.runs = runs;
    this.attempts = attempts;
    this.queries = queries;
    this.changes = changes;
    this.times = times;
    this.clock = clock;
  }

  /**
   * Cancels a run: at once if nobody holds it, else by asking its holder. Harmless on an ended one.
   */
  Run cancel(long teamId, long runId) {
    return transactions.write(
        () -> {
          Instant now = clock.instant();
          Run run = queries.find(teamId, runId).orElseThrow(() -> ApiException.notFound("run"));
          if (run.status() == RunStatus.QUEUED) {
            cancelQueued(runId, now);
          } else if (!askHolder(runId, now)) {
            return run;
          }
          return queries.get(runId);
        });
  }

  private void cancelQueued(long runId, Instant now) {
    MovedRun cancelled =
        runs.cancelQueued(runId, now)
            .orElseThrow(
                () -> new IllegalStateException("a queued run did not move, run=" + runId));
    changes.tell(cancelled, RunCause.FINISHED);
  }

  /** False if there is no holder to ask, or it was asked already. */
  private boolean askHolder(long runId, Instant now) {
    boolean asked = attempts.markCancelling(runId, times.cancelDeadline(now));
    Optional<MovedRun> moved = runs.markCancelling(runId);
    if (asked != moved.isPresent()) {
      throw new IllegalStateException("run and attempt did not move together, run=" + runId);
    }
    moved.ifPresent(run -> changes.tell(run, RunCause.CANCEL_REQUESTED));
    return asked;
  }
}
