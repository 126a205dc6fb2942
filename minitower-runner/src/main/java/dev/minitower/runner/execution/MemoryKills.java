package dev.minitower.runner.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The processes that the kernel has killed for want of memory since the machine was started, of
 * {@code /proc/vmstat}. It names no victim: together with a SIGKILL that the runner didn't send, a
 * higher count is as good as certain.
 */
final class MemoryKills {
  private static final Path VMSTAT = Path.of("/proc/vmstat");
  private static final String COUNTER = "oom_kill ";

  private MemoryKills() {}

  /** Always 0 where the system doesn't tell. */
  static long count() {
    try (Stream<String> lines = Files.lines(VMSTAT)) {
      return lines
          .filter(line -> line.startsWith(COUNTER))
          .mapToLong(line -> Long.parseLong(line.substring(COUNTER.length())))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
