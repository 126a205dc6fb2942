package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.model.api.LogStream;

/**
 * Where a workload's output goes, as it was written. Called by several threads; must neither fail
 * nor wait for long, because the workload waits as long.
 */
@FunctionalInterface
public interface OutputSink {

  /** Takes the first {@code count} bytes; the array is the caller's again afterwards. */
  void write(LogStream stream, byte[] bytes, int count);

  /** Puts a line of the runner's own between those of the workload. */
  default void note(String text) {
    byte[] line = ("[minitower] " + text + "\n").getBytes(UTF_8);
    write(LogStream.STDERR, line, line.length);
  }
}
