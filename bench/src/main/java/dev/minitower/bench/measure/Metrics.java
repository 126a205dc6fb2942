package dev.minitower.bench.measure;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Samples in the text format of Prometheus. */
public record Metrics(String text) {
  /** The sum of all samples of a name, whatever their labels; empty if there is none. */
  public OptionalDouble sum(String name) {
    double[] values =
        text.lines()
            .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .toArray();
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Arrays.stream(values).sum());
  }
}
