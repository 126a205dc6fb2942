package dev.minitower.bench.seed;

import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.model.lifecycle.ErrorClass;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt went, in milliseconds since 1970.
 *
 * @param startedAt null if it was lost before
 * @param finishedAt null while it is active
 * @param endedBy null while it is active
 */
record AttemptRow(
    AttemptStatus status,
    long leasedAt,
    @Nullable Long startedAt,
    @Nullable Long finishedAt,
    long leaseExpiresAt,
    @Nullable String endedBy,
    @Nullable Integer exitCode,
    @Nullable String message,
    @Nullable ErrorClass errorClass) {

  boolean spentRetry() {
    return "lease_over".equals(endedBy) && status == AttemptStatus.EXPIRED;
  }
}
