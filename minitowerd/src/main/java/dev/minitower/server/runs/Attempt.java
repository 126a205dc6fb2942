package dev.minitower.server.runs;

import dev.minitower.model.api.Outcome;
import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.model.lifecycle.ErrorClass;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An attempt's row.
 *
 * @param deadlineAt how far heartbeats may extend the lease at the most
 * @param endedBy what ended it; null while it is active
 * @param errorClass who must act on one that failed or expired; null if nobody said so
 * @param lastLogSeq the highest sequence number of a stored line, 0 if there is none
 */
record Attempt(
    long id,
    long runId,
    int attemptNo,
    long runnerId,
    String runnerName,
    AttemptStatus status,
    Instant leasedAt,
    Instant leaseExpiresAt,
    Instant deadlineAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable EndedBy endedBy,
    @Nullable Integer exitCode,
    @Nullable String errorMessage,
    @Nullable ErrorClass errorClass,
    long lastLogSeq) {

  /** What ended an attempt. Only a recorded result may be repeated by its runner. */
  enum EndedBy {
    RESULT,
    LEASE_OVER,
    RELEASE
  }

  /** Its holder may still change something: neither ended nor over. */
  boolean isLiveAt(Instant now) {
    return status.isActive() && now.isBefore(leaseExpiresAt);
  }

  /** Nobody has said so yet, but its time is up. */
  boolean isOverAt(Instant now) {
    return status.isActive() && !now.isBefore(leaseExpiresAt);
  }

  /** Whether {@code outcome} is what was recorded already, so that repeating it is harmless. */
  boolean wasEndedBy(Outcome outcome, @Nullable Integer exitCode) {
    return endedBy == EndedBy.RESULT
        && status == statusOf(outcome)
        && Objects.equals(this.exitCode, exitCode);
  }

  static AttemptStatus statusOf(Outcome outcome) {
    return switch (outcome) {
      case COMPLETED -> AttemptStatus.COMPLETED;
      case FAILED -> AttemptStatus.FAILED;
      case CANCELLED -> AttemptStatus.CANCELLED;
    };
  }
}
