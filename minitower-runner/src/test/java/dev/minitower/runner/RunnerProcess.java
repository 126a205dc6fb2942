package dev.minitower.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The runner as a process of its own, to be ended as processes are. */
final class RunnerProcess {
  private final Process process;
  private final Path log;

  private RunnerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** With settings that fit a lease of two seconds; {@code settings} come on top. */
  static RunnerProcess start(Path folder, Map<String, String> settings) throws IOException {
    return start(folder, List.of(), settings);
  }

  /**
   * @param by what becomes the runner's process in the end
   */
  static RunnerProcess start(Path folder, List<String> by, Map<String, String> settings)
      throws IOException {
    Path log = folder.resolve("runner.log");
    var line = new ArrayList<>(by);
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), RunnerMain.class.getName()));
    var builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("MINITOWER_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "MINITOWER_RUNNER_REGISTRATION_TOKEN", ScriptedControlPlane.REGISTRATION_TOKEN,
                "MINITOWER_RUNNER_NAME", "process",
                "MINITOWER_KILL_GRACE_PERIOD", "300ms",
                "MINITOWER_FENCING_MARGIN", "200ms",
                "MINITOWER_DRAIN_TIMEOUT", "0s",
                "MINITOWER_MIN_FREE_SPACE", "0",
                "MINITOWER_DATA_DIR", folder.resolve("data").toString()));
    builder.environment().putAll(settings);
    return new RunnerProcess(builder.start(), log);
  }

  /** As the kernel's memory killer, or a power switch, would. */
  void killHard() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  void terminate() {
    process.destroy();
  }

  /** The process does nothing any more until it is thawed; the machine goes on. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** The watchdog beside it; empty while one that has ended is being replaced. */
  Optional<ProcessHandle> watchdog() {
    return process
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("/java"))
        .findFirst();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the runner does not end");
    }
    return process.exitValue();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  long openFiles() throws IOException {
    return count("fd");
  }

  long threads() throws IOException {
    return count("task");
  }

  private long count(String what) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc", process.pid() + "", what))) {
      return entries.count();
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + process.pid())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException("no signal " + name);
    }
  }
}
