package dev.minitower.server.platform.metrics;

import java.time.Duration;
import java.util.Arrays;

/** The upper bounds of the histograms' buckets. */
public final class Buckets {
  static final Duration[] REQUEST =
      millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 30_000);
  static final double[] BYTES = {256, 1_024, 16_384, 262_144, 1_048_576, 10_485_760, 104_857_600};

  private Buckets() {}

  /** For the stages of a run, from milliseconds in a queue to hours of work. */
  public static Duration[] run() {
    return millis(10, 50, 100, 500, 1_000, 5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000);
  }

  private static Duration[] millis(long... bounds) {
    return Arrays.stream(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
