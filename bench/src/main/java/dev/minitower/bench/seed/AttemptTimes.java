package dev.minitower.bench.seed;

import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.model.lifecycle.ErrorClass;
import dev.minitower.model.lifecycle.RunStatus;
import java.util.SplittableRandom;

/** Makes up how attempts go, each by the rules of the lifecycle. */
final class AttemptTimes {
  private static final long TTL = 60_000;

  /** The most that one attempt takes, and the pause behind it. */
  static final long LONGEST = 5 * TTL;

  private final SplittableRandom random;

  AttemptTimes(SplittableRandom random) {
    this.random = random;
  }

  /** One that ended without an outcome: handed back, or its runner was lost. */
  AttemptRow expired(long leasedAt, boolean mayBeReleased) {
    long startedAt = leasedAt + 3 + random.nextInt(40);
    if (mayBeReleased && random.nextInt(4) == 0) {
      long finishedAt = startedAt + random.nextInt(20_000);
      return row(AttemptStatus.EXPIRED, leasedAt, startedAt, finishedAt, "release", Texts.RELEASED);
    }
    boolean started = random.nextInt(10) != 0;
    return new AttemptRow(
        AttemptStatus.EXPIRED,
        leasedAt,
        started ? startedAt : null,
        leasedAt + TTL + random.nextInt(5_000),
        leasedAt + TTL,
        "lease_over",
        null,
        Texts.LOST,
        ErrorClass.INFRASTRUCTURE);
  }

  private static AttemptRow row(
      AttemptStatus status,
      long leasedAt,
      long startedAt,
      long finishedAt,
      String endedBy,
      String message) {
    ErrorClass errorClass = status == AttemptStatus.EXPIRED ? ErrorClass.INFRASTRUCTURE : null;
    return new AttemptRow(
        status,
        leasedAt,
        startedAt,
        finishedAt,
        finishedAt + TTL / 2,
        endedBy,
        null,
        message,
        errorClass);
  }

  /** The last one of a run that ended so. */
  AttemptRow last(RunStatus status, long leasedAt, long runId) {
    long startedAt = leasedAt + 3 + random.nextInt(40);
    long finishedAt = startedAt + duration();
    return switch (status) {
      case COMPLETED -> outcome(AttemptStatus.COMPLETED, leasedAt, startedAt, finishedAt, runId);
      case FAILED -> outcome(AttemptStatus.FAILED, leasedAt, startedAt, finishedAt, runId);
      case CANCELLED ->
          row(AttemptStatus.CANCELLED, leasedAt, startedAt, finishedAt, "result", Texts.CANCELLED);
      case DEAD -> expired(leasedAt, false);
      case QUEUED, LEASED, RUNNING, CANCELLING ->
          throw new IllegalArgumentException(status + " is not an end");
    };
  }

  /** Mostly short; at most {@link #LONGEST} less a lease. */
  private long duration() {
    double u = random.nextDouble();
    return 40 + (long) (u * u * u * 3 * TTL);
  }

  private AttemptRow outcome(
      AttemptStatus status, long leasedAt, long startedAt, long finishedAt, long runId) {
    boolean failed = status == AttemptStatus.FAILED;
    return new AttemptRow(
        status,
        leasedAt,
        startedAt,
        finishedAt,
        finishedAt + TTL / 2,
        "result",
        failed ? 1 : 0,
        failed ? Texts.failure(random, runId) : null,
        failed ? ErrorClass.USER : null);
  }

  /** One that a runner holds. */
  AttemptRow held(AttemptStatus status, long leasedAt, long now) {
    Long startedAt = status == AttemptStatus.LEASED ? null : leasedAt + random.nextInt(40);
    return new AttemptRow(status, leasedAt, startedAt, null, now + TTL, null, null, null, null);
  }
}
