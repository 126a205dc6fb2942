package dev.minitower.bench.mode;

import dev.minitower.bench.load.CyclePlan;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How much load, and for how long. */
final class LoadOptions {
  @Option(
      names = {"--runners", "--clients"},
      paramLabel = "N",
      description = "runners that cycle (default: ${DEFAULT-VALUE})")
  int runners = 16;

  @Option(
      names = "--creators",
      paramLabel = "N",
      description = "clients that create runs (default: half as many as runners)")
  int creators;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description = "runs that wait at most (default: ${DEFAULT-VALUE})")
  int queue = 200;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "how long it is measured (default: ${DEFAULT-VALUE})")
  int seconds = 10;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "how long before that (default: ${DEFAULT-VALUE})")
  int warmUp = 10;

  @Option(
      names = "--log-lines",
      paramLabel = "N",
      description = "lines that each run writes (default: ${DEFAULT-VALUE})")
  int logLines;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description =
          "how long a poll for work waits, where the server lets it; 0 asks as the first runners"
              + " did (default: ${DEFAULT-VALUE})")
  int wait = 1;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description = "how long the last runs may take to end (default: ${DEFAULT-VALUE})")
  int patience = 60;

  CyclePlan plan() {
    int creating = creators > 0 ? creators : Math.max(1, (runners + 1) / 2);
    return new CyclePlan(runners, creating, queue, logLines, wait, patience);
  }

  Duration duration() {
    return Duration.ofSeconds(seconds);
  }

  Duration warmUp() {
    return Duration.ofSeconds(warmUp);
  }
}
