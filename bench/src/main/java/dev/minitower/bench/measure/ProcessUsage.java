package dev.minitower.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says a process uses. */
public final class ProcessUsage {
  /** The kernel tells times in hundredths of a second, whatever its own tick (proc(5)). */
  private static final long MICROS_PER_TICK = 10_000;

  private final Path folder;

  private ProcessUsage(String name) {
    this.folder = Path.of("/proc", name);
  }

  public static ProcessUsage of(long pid) {
    return new ProcessUsage(Long.toString(pid));
  }

  public static ProcessUsage ofThisProcess() {
    return new ProcessUsage("self");
  }

  /** CPU time of all its threads since it began. */
  public long cpuMicros() {
    return cpuMicros(read("stat"));
  }

  /** From the fields after the name, which is in brackets and may hold anything. */
  static long cpuMicros(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
  }

  public long residentKib() {
    return status(read("status"), "VmRSS");
  }

  public long threads() {
    return status(read("status"), "Threads");
  }

  static long status(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + name + " in " + text));
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
