package dev.minitower.runner.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each process of a workload may use, as {@code prlimit} sets it; null is as much as the
 * runner itself may.
 *
 * @param processes of the runner's user in all, threads included (RLIMIT_NPROC; root is exempt)
 * @param memoryBytes writable private memory of one process (RLIMIT_DATA), so that the reserved
 *     addresses of a JVM and mapped files don't count
 * @param cpuTime of one process; SIGXCPU when it is used up, SIGKILL five seconds later
 */
public record Limits(
    @Nullable Integer openFiles,
    @Nullable Integer processes,
    @Nullable Long memoryBytes,
    @Nullable Duration cpuTime) {
  /** No limit of its own. */
  public static final Limits NONE = new Limits(null, null, null, null);

  private static final int SECONDS_TO_KILL = 5;

  boolean any() {
    return !equals(NONE);
  }

  /** The command line that runs a line under these limits. */
  List<String> wrap(List<String> line) {
    if (!any()) {
      return line;
    }
    var wrapped = new ArrayList<>(List.of("prlimit"));
    if (openFiles != null) {
      wrapped.add("--nofile=" + openFiles);
    }
    if (processes != null) {
      wrapped.add("--nproc=" + processes);
    }
    if (memoryBytes != null) {
      wrapped.add("--data=" + memoryBytes);
    }
    if (cpuTime != null) {
      long seconds = Math.max(1, cpuTime.toSeconds());
      wrapped.add("--cpu=" + seconds + ":" + (seconds + SECONDS_TO_KILL));
    }
    wrapped.add("--");
    wrapped.addAll(line);
    return wrapped;
  }

  /** As it stands in the log. */
  @Override
  public String toString() {
    return "open_files=%s processes=%s memory=%s cpu_time=%s"
        .formatted(text(openFiles), text(processes), text(memoryBytes), text(cpuTime));
  }

  private static String text(@Nullable Object limit) {
    return limit == null ? "unlimited" : limit.toString();
  }
}
