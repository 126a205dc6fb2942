package dev.minitower.server.platform.database;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The server's time: the wall clock at start plus the monotonic time that has gone by, and at start
 * not before the newest time in the database. It never runs backwards and does not follow steps of
 * the wall clock, so that no lease is shortened, revived or expired by them. Whole milliseconds, as
 * stored.
 */
final class MonotonicClock implements InstantSource {
  private final Instant start;
  private final LongSupplier nanoTime;
  private final long startNanos;

  MonotonicClock(Instant wallTime, Instant newestKnown, LongSupplier nanoTime) {
    Instant start = wallTime.isBefore(newestKnown) ? newestKnown : wallTime;
    this.start = start.truncatedTo(ChronoUnit.MILLIS);
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  @Override
  public Instant instant() {
    return start.plusMillis((nanoTime.getAsLong() - startNanos) / 1_000_000);
  }
}
