package dev.minitower.runner.execution;

import dev.minitower.model.api.LogStream;

/** Where a workload's lines go. Called by several threads; must neither fail nor wait for long. */
@FunctionalInterface
public interface OutputSink {
  void line(LogStream stream, String line);

  /** A line of the runner's own. */
  default void note(String text) {
    line(LogStream.STDERR, "[minitower] " + text);
  }
}
