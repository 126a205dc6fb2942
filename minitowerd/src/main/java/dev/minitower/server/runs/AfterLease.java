package dev.minitower.server.runs;

import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.model.lifecycle.RunStatus;

/** What becomes of a run whose attempt ended without an outcome. */
enum AfterLease {
  RETRY(AttemptStatus.EXPIRED, RunStatus.QUEUED),
  REQUEUE(AttemptStatus.EXPIRED, RunStatus.QUEUED),
  DEAD(AttemptStatus.EXPIRED, RunStatus.DEAD),
  CANCELLED(AttemptStatus.CANCELLED, RunStatus.CANCELLED);

  private final AttemptStatus attempt;
  private final RunStatus run;

  AfterLease(AttemptStatus attempt, RunStatus run) {
    this.attempt = attempt;
    this.run = run;
  }

  AttemptStatus attempt() {
    return attempt;
  }

  RunStatus run() {
    return run;
  }

  /** The lease is over. Cancel intent beats the retry budget; the budget beats giving up. */
  static AfterLease whenOver(AttemptStatus status, int retryCount, int maxRetries) {
    if (status == AttemptStatus.CANCELLING) {
      return CANCELLED;
    }
    return retryCount < maxRetries ? RETRY : DEAD;
  }

  /** The runner handed the run back: unspent, unless somebody wanted it cancelled. */
  static AfterLease whenReleased(AttemptStatus status) {
    return status == AttemptStatus.CANCELLING ? CANCELLED : REQUEUE;
  }
}
