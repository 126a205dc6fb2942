package dev.minitower.runner.loop;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clock of leases: monotonic nanoseconds that also count while the machine is suspended, which
 * {@link System#nanoTime} does not. Sleep is noticed by the time since boot (of {@code
 * /proc/uptime}, which does count it) or the wall clock getting ahead. A wall clock that somebody
 * sets forward looks the same as a paused virtual machine and is taken for one: giving a lease up
 * is the safe side.
 */
public final class LeaseClock implements LongSupplier {
  private static final System.Logger LOG = System.getLogger(LeaseClock.class.getName());
  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final long TOLERANCE_NANOS = Duration.ofSeconds(1).toNanos();

  /** Between two looks at one clock; if more has passed, the others were not read at one moment. */
  private static final long ONE_MOMENT_NANOS = Duration.ofMillis(100).toNanos();

  private final LongSupplier nanoTime;
  private final LongSupplier sinceBoot;
  private final InstantSource wall;
  private Reading last;
  private long asleepNanos;

  /** Of this machine. */
  public LeaseClock() {
    this(System::nanoTime, LeaseClock::sinceBootNanos, InstantSource.system());
  }

  LeaseClock(LongSupplier nanoTime, LongSupplier sinceBoot, InstantSource wall) {
    this.nanoTime = nanoTime;
    this.sinceBoot = sinceBoot;
    this.wall = wall;
    this.last = read();
  }

  @Override
  public synchronized long getAsLong() {
    Reading now = read();
    long missed = now.missedSince(last);
    if (missed > TOLERANCE_NANOS) {
      asleepNanos += missed;
      LOG.log(
          Level.WARNING,
          "the machine was suspended, or its clock was set forward, seconds="
              + Duration.ofNanos(missed).toSeconds());
    }
    last = now;
    return now.monotonic() + asleepNanos;
  }

  private Reading read() {
    while (true) {
      long before = nanoTime.getAsLong();
      var reading = new Reading(before, sinceBoot.getAsLong(), wall.millis() * 1_000_000);
      if (nanoTime.getAsLong() - before < ONE_MOMENT_NANOS) {
        return reading;
      }
    }
  }

  /** Always 0 where the system doesn't tell. */
  private static long sinceBootNanos() {
    try {
      String text = Files.readString(UPTIME);
      return (long) (Double.parseDouble(text.substring(0, text.indexOf(' '))) * 1e9);
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  private record Reading(long monotonic, long sinceBoot, long wall) {
    long missedSince(Reading earlier) {
      long others = Math.max(sinceBoot - earlier.sinceBoot, wall - earlier.wall);
      return others - (monotonic - earlier.monotonic);
    }
  }
}
