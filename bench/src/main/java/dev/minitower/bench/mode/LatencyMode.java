package dev.minitower.bench.mode;

import dev.minitower.bench.load.FirstLine;
import dev.minitower.bench.load.WaitingRunner;
import dev.minitower.bench.measure.Histogram;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.server.RunnerProcess;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What one run costs in time when there is nothing else to do. */
@Command(
    name = "latency",
    description = "an idle system: create to lease, and create to the first line of user code",
    mixinStandardHelpOptions = true)
public final class LatencyMode extends Mode {
  private static final int WARM_UP_PART = 4;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "runs that a waiting runner gets (default: ${DEFAULT-VALUE})")
  int samples = 1000;

  @Option(
      names = "--pause",
      paramLabel = "MS",
      description = "between two of them, so that the runner waits (default: ${DEFAULT-VALUE})")
  int pause = 5;

  @Option(
      names = "--runner-jar",
      paramLabel = "FILE",
      description = "a real runner; without one no user code is started")
  @Nullable Path runnerJar;

  @Option(
      names = "--executions",
      paramLabel = "N",
      description = "runs that the real runner executes (default: ${DEFAULT-VALUE})")
  int executions = 40;

  @Override
  Report measure(Target target) throws IOException, InterruptedException {
    var report = new Report("latency");
    try (var waiting = new WaitingRunner(target)) {
      Histogram unused = waiting.sample(samples / WARM_UP_PART, pause);
      report.percentiles("create_to_lease", waiting.sample(samples, pause));
      waiting.finish().forEach(report::violated);
    }
    if (runnerJar != null) {
      firstLines(target, runnerJar, report);
    }
    return report;
  }

  private void firstLines(Target target, Path jar, Report report)
      throws IOException, InterruptedException {
    try (var runner = RunnerProcess.start(targetOptions.program(jar), target, targetOptions.work)) {
      var first = new FirstLine(target);
      Histogram unused = first.sample(executions / WARM_UP_PART + 1);
      report.percentiles("create_to_first_line", first.sample(executions));
      if (!runner.isAlive()) {
        report.violated("the runner ended by itself");
      }
    }
  }
}
