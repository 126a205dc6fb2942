package dev.minitower.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code minitower-runner} with a data folder of its own and short times for short leases. */
final class RunnerProcess {
  private static final Duration STOP_TIME = Duration.ofSeconds(30);

  private final JarProcess process;
  private final String name;

  private RunnerProcess(JarProcess process, String name) {
    this.process = process;
    this.name = name;
  }

  /** Returns at once. */
  static RunnerProcess start(MinitowerServer server, Path folder, String name) {
    Map<String, String> settings =
        Map.of(
            "MINITOWER_SERVER_URL",
            server.url(),
            "MINITOWER_RUNNER_NAME",
            name,
            "MINITOWER_RUNNER_REGISTRATION_TOKEN",
            MinitowerServer.REGISTRATION_TOKEN,
            "MINITOWER_KILL_GRACE_PERIOD",
            "1s",
            "MINITOWER_FENCING_MARGIN",
            "1s",
            "MINITOWER_DRAIN_TIMEOUT",
            "0s",
            "MINITOWER_MIN_FREE_SPACE",
            "0",
            "MINITOWER_POLL_INTERVAL",
            "200ms",
            "MINITOWER_DATA_DIR",
            folder.resolve("runner-" + name).toString());
    return new RunnerProcess(
        JarProcess.start("minitower-runner", folder, "runner-" + name, settings, List.of()), name);
  }

  String name() {
    return name;
  }

  /** SIGKILL. */
  void killHard() {
    process.killHard();
  }

  /** SIGTERM; the exit code. */
  int stop() {
    process.terminate();
    return process.awaitExit(STOP_TIME);
  }
}
