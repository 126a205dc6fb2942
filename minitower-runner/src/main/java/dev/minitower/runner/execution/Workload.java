package dev.minitower.runner.execution;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be executed.
 *
 * @param entrypoint path of the script inside the project, ending in {@code .py} or {@code .sh}
 * @param importPaths folders inside the project for Python to search first
 * @param input each value becomes an environment variable
 * @param facts further variables, under their full names
 * @param timeout of the script; preparations have their own
 */
public record Workload(
    String entrypoint,
    List<String> importPaths,
    Map<String, @Nullable Object> input,
    Map<String, String> facts,
    Duration timeout,
    Marker marker) {
  /** For a version that names none. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);
}
