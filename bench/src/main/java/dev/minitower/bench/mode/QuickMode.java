package dev.minitower.bench.mode;

import dev.minitower.bench.measure.Report;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A few minutes that touch every target which needs no long preparation. */
@Command(
    name = "quick",
    description = "a short run of most modes on one server, and the table of targets",
    mixinStandardHelpOptions = true)
public final class QuickMode extends Mode {
  private static final int IDLE_MILLIS = 3000;

  @Option(
      names = "--runner-jar",
      paramLabel = "FILE",
      description = "a real runner; without one no user code is started")
  @Nullable Path runnerJar;

  @Override
  Report measure(Target target) throws IOException, InterruptedException {
    var report = new Report("quick");
    idle(target, report);
    add("heartbeats_", heartbeats(), target, report);
    add("waiters_", with(new WaitersMode()), target, report);
    add("logs_", logs(), target, report);
    add("steady100_", steady(100, 5, 8), target, report);
    add("steady_", steady(0, 10, 10), target, report);
    add("latency_", latency(), target, report);
    report.showNotesOnly();
    report.note(Goal.head());
    for (Goal goal : Goal.values()) {
      report.note(goal.line(report));
    }
    return report;
  }

  private static void idle(Target target, Report report) throws InterruptedException {
    target.startSeconds().ifPresent(seconds -> report.put("start_seconds", seconds));
    Thread.sleep(IDLE_MILLIS);
    target.usage().ifPresent(usage -> report.put("idle_rss_mib", usage.residentKib() / 1024.0));
  }

  private void add(String prefix, Mode mode, Target target, Report report)
      throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    err.println("measuring " + prefix.replace("_", ""));
    err.flush();
    report.addAll(prefix, mode.measure(target));
  }

  private Mode steady(int logLines, int warmUp, int seconds) {
    var mode = new SteadyMode();
    mode.options.logLines = logLines;
    mode.options.warmUp = warmUp;
    mode.options.seconds = seconds;
    return with(mode);
  }

  private Mode latency() {
    var mode = new LatencyMode();
    mode.samples = 500;
    mode.executions = 20;
    mode.runnerJar = runnerJar;
    return with(mode);
  }

  private Mode logs() {
    var mode = new LogsMode();
    mode.warmUp = 2;
    mode.seconds = 3;
    return with(mode);
  }

  private Mode heartbeats() {
    var mode = new HeartbeatsMode();
    mode.options.warmUp = 3;
    mode.options.seconds = 20;
    return with(mode);
  }

  private Mode with(Mode mode) {
    mode.targetOptions = targetOptions;
    return mode;
  }
}
