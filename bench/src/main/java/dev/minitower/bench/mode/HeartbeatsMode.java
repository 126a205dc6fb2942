package dev.minitower.bench.mode;

import dev.minitower.bench.load.CycleLoad;
import dev.minitower.bench.load.HeldLeases;
import dev.minitower.bench.load.Stretch;
import dev.minitower.bench.measure.Histogram;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether many leases stay alive while others work. */
@Command(
    name = "heartbeats",
    description = "many leases kept alive while runners cycle; none may be lost",
    mixinStandardHelpOptions = true)
public final class HeartbeatsMode extends Mode {
  @Mixin LoadOptions options = new LoadOptions();

  @Option(
      names = "--leases",
      paramLabel = "N",
      description = "runs that are held (default: ${DEFAULT-VALUE})")
  int leases = 5000;

  @Option(
      names = "--ttl",
      paramLabel = "SECONDS",
      description = "of the server's leases; a heartbeat every sixth of it (default: 60)")
  int ttl = 60;

  @Override
  Report measure(Target target) throws IOException, InterruptedException {
    var report = new Report("heartbeats");
    try (var held = new HeldLeases(target, leases, Duration.ofSeconds(ttl).dividedBy(6));
        var load = new CycleLoad(target, options.plan())) {
      held.take();
      load.startRunners();
      load.startCreators();
      Stretch unused = load.measure(options.warmUp());
      Histogram heartbeats = held.measure();
      Stretch stretch = load.measure(options.duration());
      held.stopMeasuring();
      report.percentiles("heartbeat", heartbeats);
      report.put("heartbeats", heartbeats.count());
      report.put("heartbeats_missed", held.missed());
      stretch.report(report);
      load.finish().forEach(report::violated);
      held.finish().forEach(report::violated);
    }
    return report;
  }
}
