package dev.minitower.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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
    Path log = folder.resolve("runner.log");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), RunnerMain.class.getName())
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

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the runner does not end");
    }
    return process.exitValue();
  }

  String log() throws IOException {
    return Files.readString(log);
  }
}
