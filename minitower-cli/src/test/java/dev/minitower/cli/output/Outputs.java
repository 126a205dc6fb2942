package dev.minitower.cli.output;

import java.io.PrintStream;
import java.util.Map;

/** Outputs as an environment makes them, with a terminal that says it has 80 columns. */
final class Outputs {
  private Outputs() {}

  static Output of(PrintStream stream, boolean terminal, Map<String, String> environment) {
    return new Output(stream, terminal, environment, () -> ColourMode.auto, () -> 80);
  }
}
