package dev.minitower.bench.mode;

import dev.minitower.bench.load.CycleLoad;
import dev.minitower.bench.load.GroupSize;
import dev.minitower.bench.load.Stretch;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Creators and runners together, the queue never empty and never long. */
@Command(
    name = "steady",
    description = "creators and runners at the same time, the queue kept between bounds",
    mixinStandardHelpOptions = true)
public final class SteadyMode extends Mode {
  @Mixin LoadOptions options = new LoadOptions();

  @Override
  Report measure(Target target) throws IOException, InterruptedException {
    var report = new Report("steady");
    try (var load = new CycleLoad(target, options.plan())) {
      load.startRunners();
      load.startCreators();
      Stretch unused = load.measure(options.warmUp());
      var groups = new GroupSize(target);
      Stretch stretch = load.measure(options.duration());
      stretch.report(report);
      groups.report(report);
      target.usage().ifPresent(server -> report.put("server_rss_kib", server.residentKib()));
      load.finish().forEach(report::violated);
    }
    return report;
  }
}
