package dev.minitower.runner;

/**
 * One attempt as the server knows it: until it is over, nobody else may have the run. In
 * nanoseconds of {@link System#nanoTime}; guarded by the control plane's monitor.
 */
final class Tenure {
  private static final long NOT_YET = Long.MAX_VALUE;

  final int attempt;
  final String leaseToken;
  final long fromNanos;

  /** When the lease ends unless it is renewed. */
  long leasedUntilNanos;

  /** When the runner told the end; the largest value if it never did. */
  long toldNanos = NOT_YET;

  Tenure(int attempt, String leaseToken, long fromNanos) {
    this.attempt = attempt;
    this.leaseToken = leaseToken;
    this.fromNanos = fromNanos;
  }

  boolean wasTold() {
    return toldNanos != NOT_YET;
  }

  /** From here on another runner may have the run. */
  long endNanos() {
    return Math.min(toldNanos, leasedUntilNanos);
  }
}
