package dev.minitower.runner.loop;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The runner's view of its lease, on the monotonic clock. Once isLost() says true it never says
 * false again.
 */
final class Lease {
  private final LongSupplier nanoTime;
  private final Duration margin;
  private long deadlineNanos;
  private boolean lost;
  private boolean fenced = true;

  /**
   * Begins now and not when it was asked for: the question may have waited for most of a lease, and
   * nothing is done under it before the server has answered a call that was sent after this.
   *
   * @param margin how long before the end of the lease the work has to stop
   */
  Lease(LongSupplier nanoTime, Duration margin, Duration ttl) {
    this.nanoTime = nanoTime;
    this.margin = margin;
    this.deadlineNanos = nanoTime.getAsLong() + ttl.minus(margin).toNanos();
  }

  /**
   * Counted from the moment the accepted call was sent: the answer may have been long on its way.
   */
  synchronized void renewed(long sentNanos, Duration ttl) {
    long deadline = sentNanos + ttl.minus(margin).toNanos();
    if (!isLost() && deadline - deadlineNanos > 0) {
      deadlineNanos = deadline;
    }
  }

  /** The server said that the lease is over. */
  synchronized void lose() {
    lost = true;
  }

  /**
   * Nothing of the work is left that could do harm: from here on only the server's word ends the
   * lease, so that an outcome outlives a broken connection. Too late if the lease was lost before.
   */
  synchronized void workIsOver() {
    if (!isLost()) {
      fenced = false;
    }
  }

  /** True when the server said so, or when we can no longer be sure that it has not. */
  synchronized boolean isLost() {
    lost = lost || (fenced && nanoTime.getAsLong() - deadlineNanos >= 0);
    return lost;
  }

  /** How long ago the work had to stop; zero before that. */
  synchronized Duration overdue() {
    return Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - deadlineNanos));
  }

  /** When {@link #isLost} may have changed by itself, as far as that is within {@code longest}. */
  synchronized Duration nextLook(Duration longest) {
    Duration left = remaining().plusMillis(1);
    return fenced && left.compareTo(longest) < 0 ? left : longest;
  }

  /** The time until the work has to stop, unless the lease is renewed before. */
  synchronized Duration remaining() {
    return Duration.ofNanos(Math.max(0, deadlineNanos - nanoTime.getAsLong()));
  }
}
