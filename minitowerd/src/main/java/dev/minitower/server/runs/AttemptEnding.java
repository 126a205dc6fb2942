package dev.minitower.server.runs;

import dev.minitower.model.api.ResultRequest;
import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.model.lifecycle.EndReason;
import dev.minitower.model.lifecycle.ErrorClass;
import dev.minitower.model.lifecycle.RunStatus;
import dev.minitower.server.events.Change.RunCause;
import dev.minitower.server.runs.Attempt.EndedBy;
import dev.minitower.server.runs.AttemptRepository.End;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The ways in which an attempt ends, each moving attempt and run together. Only from inside a unit
 * of work: the callers have looked at the attempt in the same one.
 */
@Component
class AttemptEnding {
  private final AttemptRepository attempts;
  private final RunRepository runs;
  private final RunQueries queries;
  private final RunChanges changes;

  AttemptEnding(
      AttemptRepository attempts, RunRepository runs, RunQueries queries, RunChanges changes) {
    this.attempts = attempts;
    this.runs = runs;
    this.queries = queries;
    this.changes = changes;
  }

  /** The lease is over: found by the reaper, or by whichever call met it first. */
  void over(Attempt attempt, Instant now) {
    Run run = queries.get(attempt.runId());
    AfterLease after = AfterLease.whenOver(attempt.status(), run.retryCount(), run.maxRetries());
    End end = withoutOutcome(after, EndedBy.LEASE_OVER, overMessage(attempt));
    require(attempts.endOver(attempt.id(), end, now), "attempt", attempt);
    leave(attempt, after, now);
  }

  private static String overMessage(Attempt attempt) {
    return attempt.status() == AttemptStatus.CANCELLING
        ? EndReason.CANCELLED.message(
            "runner %s did not confirm in time".formatted(attempt.runnerName()))
        : EndReason.LEASE_LOST.message(
            "runner %s was not heard from in time".formatted(attempt.runnerName()));
  }

  /** The runner hands the run back. */
  void released(Attempt attempt, @Nullable String reason, Instant now) {
    AfterLease after = AfterLease.whenReleased(attempt.status());
    String message = reason == null ? "handed back by the runner" : reason;
    End end = withoutOutcome(after, EndedBy.RELEASE, message);
    require(attempts.endByHolder(attempt.id(), end, now), "attempt", attempt);
    leave(attempt, after, now);
  }

  /** Whoever runs the runners must act, unless somebody wanted the run cancelled anyway. */
  private static End withoutOutcome(AfterLease after, EndedBy by, String message) {
    @Nullable ErrorClass errorClass =
        after == AfterLease.CANCELLED ? null : ErrorClass.INFRASTRUCTURE;
    return new End(after.attempt(), by, null, null, message, errorClass);
  }

  private void leave(Attempt attempt, AfterLease after, Instant now) {
    RunStatus from = attempt.status().runStatus();
    Optional<MovedRun> moved =
        after.run() == RunStatus.QUEUED
            ? runs.requeue(attempt.runId(), from, after == AfterLease.RETRY)
            : runs.finish(attempt.runId(), from, after.run(), null, now);
    tell(moved, causeOf(after), attempt);
  }

  private static RunCause causeOf(AfterLease after) {
    return switch (after) {
      case RETRY -> RunCause.RETRIED;
      case REQUEUE -> RunCause.RELEASED;
      case DEAD, CANCELLED -> RunCause.FINISHED;
    };
  }

  /**
   * The runner says how it ended; a result without a start counts as both at once. Only a failure
   * has somebody who must act.
   */
  void result(Attempt attempt, ResultRequest said, Instant now) {
    AttemptStatus to = Attempt.statusOf(said.status());
    @Nullable Instant started = to == AttemptStatus.CANCELLED ? null : now;
    @Nullable ErrorClass errorClass = to == AttemptStatus.FAILED ? said.errorClass() : null;
    End end =
        new End(to, EndedBy.RESULT, started, said.exitCode(), said.errorMessage(), errorClass);
    require(attempts.endByHolder(attempt.id(), end, now), "attempt", attempt);
    RunStatus from = attempt.status().runStatus();
    Optional<MovedRun> moved = runs.finish(attempt.runId(), from, to.runStatus(), started, now);
    tell(moved, RunCause.FINISHED, attempt);
  }

  private void tell(Optional<MovedRun> moved, RunCause cause, Attempt attempt) {
    require(moved.isPresent(), "run", attempt);
    changes.tell(moved.orElseThrow(), cause, attempt);
  }

  /** The row was looked at in this very unit: that it does not move is a broken invariant. */
  private static void require(boolean moved, String what, Attempt attempt) {
    if (!moved) {
      throw new IllegalStateException(
          "%s did not move, run=%d attempt=%d"
              .formatted(what, attempt.runId(), attempt.attemptNo()));
    }
  }
}
