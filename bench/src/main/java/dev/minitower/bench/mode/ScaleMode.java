package dev.minitower.bench.mode;

import dev.minitower.bench.load.CycleLoad;
import dev.minitower.bench.load.Stretch;
import dev.minitower.bench.measure.Call;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What more clients bring. */
@Command(
    name = "scale",
    description = "steady load by more and more clients",
    mixinStandardHelpOptions = true)
public final class ScaleMode extends Mode {
  private static final Duration SETTLE = Duration.ofSeconds(2);

  @Mixin LoadOptions options = new LoadOptions();

  @Option(
      names = "--steps",
      paramLabel = "N,N",
      split = ",",
      description = "runners of each step; --runners means nothing (default: ${DEFAULT-VALUE})",
      defaultValue = "1,4,16,64,256")
  List<Integer> steps = List.of();

  @Override
  Report measure(Target target) throws IOException, InterruptedException {
    var report = new Report("scale");
    report.showNotesOnly();
    report.note("runners  cycles/s  lease p99  result p99  server CPU us/cycle  server cores");
    warmUp(target, report);
    for (int runners : steps) {
      options.runners = runners;
      step(target, runners, report);
    }
    return report;
  }

  private void warmUp(Target target, Report report) throws IOException, InterruptedException {
    try (var load = new CycleLoad(target, options.plan())) {
      load.startRunners();
      load.startCreators();
      Stretch unused = load.measure(options.warmUp());
      load.finish().forEach(report::violated);
    }
  }

  private void step(Target target, int runners, Report report)
      throws IOException, InterruptedException {
    var one = new Report(runners + " runners");
    try (var load = new CycleLoad(target, options.plan())) {
      load.startRunners();
      load.startCreators();
      Stretch unused = load.measure(SETTLE);
      Stretch stretch = load.measure(options.duration());
      stretch.report(one);
      note(runners, stretch, report);
      load.finish().forEach(one::violated);
    }
    report.addAll(runners + "_", one);
  }

  private static void note(int runners, Stretch stretch, Report report) {
    double server = stretch.used().serverMicros().orElse(0);
    report.note(
        "%7d  %,8.0f  %6.1f ms  %7.1f ms  %19.0f  %12.2f"
            .formatted(
                runners,
                stretch.cyclesPerSecond(),
                stretch.timings().of(Call.LEASE).percentileNanos(99) / 1e6,
                stretch.timings().of(Call.RESULT).percentileNanos(99) / 1e6,
                server / Math.max(1, stretch.cycles()),
                server / 1e6 / stretch.used().seconds()));
  }
}
