package dev.minitower.runner.execution;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program to run.
 *
 * @param environment all of it: nothing is inherited
 * @param timeout how long it may run
 * @param access what it needs beyond its workspace
 */
record Command(
    List<String> line,
    Map<String, String> environment,
    Path folder,
    Duration timeout,
    Marker marker,
    Access access) {

  /** Without the environment, which holds a team's input. */
  @Override
  public String toString() {
    return line.toString();
  }
}
