package dev.minitower.bench.mode;

import dev.minitower.bench.load.CycleLoad;
import dev.minitower.bench.load.Meter;
import dev.minitower.bench.load.Stretch;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A long queue, then runners alone until little is left of it. */
@Command(
    name = "drain",
    description = "runners alone, on a queue that was filled before",
    mixinStandardHelpOptions = true)
public final class DrainMode extends Mode {
  @Mixin LoadOptions options = new LoadOptions();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "runs that wait at the beginning (default: ${DEFAULT-VALUE})")
  int runs = 30_000;

  @Override
  Report measure(Target target) throws IOException, InterruptedException {
    var report = new Report("drain");
    try (var load = new CycleLoad(target, options.plan())) {
      var meter = new Meter(target);
      load.prefill(runs);
      report.put("creates_per_second", runs / meter.read().seconds());
      int atTheEnd = 2 * options.runners;
      load.startRunners();
      Stretch unused = load.measureWhile(options.warmUp(), () -> load.waiting() > runs * 0.8);
      Stretch stretch = load.measureWhile(options.duration(), () -> load.waiting() > atTheEnd);
      stretch.report(report);
      load.finish().forEach(report::violated);
    }
    return report;
  }
}
