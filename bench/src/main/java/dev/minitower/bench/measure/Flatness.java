package dev.minitower.bench.measure;

import java.util.List;

/** Whether a series of samples stays where it was, by its first and its last third. */
public final class Flatness {
  private static final double TOLERANCE = 1.1;

  /** What a heap may gain for reasons that end: caches that fill, code that is compiled. */
  private static final double ALLOWED_GAIN = 4 * 1024;

  private Flatness() {}

  /** Of a heap in KiB. */
  public static boolean isFlat(List<Double> samples) {
    int third = third(samples);
    double first = mean(samples.subList(0, third));
    double last = mean(samples.subList(samples.size() - third, samples.size()));
    return last <= Math.max(first * TOLERANCE, first + ALLOWED_GAIN);
  }

  /** How many times the mean of the first third that of the last is. */
  public static double lastToFirst(List<Double> samples) {
    int third = third(samples);
    return mean(samples.subList(samples.size() - third, samples.size()))
        / mean(samples.subList(0, third));
  }

  public static double mean(List<Double> samples) {
    return samples.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private static int third(List<Double> samples) {
    return Math.max(1, samples.size() / 3);
  }
}
