package dev.minitower.server.events;

import dev.minitower.model.lifecycle.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that was committed. Carries ids and what metrics count, never a body. */
public sealed interface Change {

  /** What happened to a run. */
  enum RunCause {
    CREATED,
    LEASED,
    STARTED,
    CANCEL_REQUESTED,
    /** Back in the queue at the cost of a retry. */
    RETRIED,
    /** Back in the queue unspent. */
    RELEASED,
    FINISHED
  }

  /**
   * A run moved; the times are those of its row after the move.
   *
   * @param attemptNo of the attempt that moved with it; null if none did, and so is {@code runner}
   */
  record RunChanged(
      RunCause cause,
      long runId,
      @Nullable Integer attemptNo,
      @Nullable String runner,
      long teamId,
      String teamSlug,
      String appSlug,
      String environment,
      RunStatus status,
      Instant queuedAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt)
      implements Change {
    /** There is now one more run to lease in the environment. */
    public boolean isQueued() {
      return status == RunStatus.QUEUED;
    }
  }

  /** Lines were added to a run's log. */
  record LogsAdded(long runId) implements Change {}

  /** A runner registered, said that it does something else, went offline or came back. */
  record RunnerChanged(long runnerId) implements Change {}

  /** A runner was entered for the first time or got a new token. */
  record RunnerRegistered(long runnerId, String environment) implements Change {}
}
