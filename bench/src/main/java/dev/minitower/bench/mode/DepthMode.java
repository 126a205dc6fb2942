package dev.minitower.bench.mode;

import dev.minitower.bench.load.QueueProbe;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.seed.SeedPlan;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether a lease costs more where more runs wait. */
@Command(
    name = "depth",
    description = "what a lease costs where few and where many runs wait, in turn on one server",
    mixinStandardHelpOptions = true)
public final class DepthMode extends SeededMode {
  private static final String FEW = "few";
  private static final String MANY = "many";

  @Option(
      names = "--few",
      paramLabel = "N",
      description = "runs that wait in the short queue (default: ${DEFAULT-VALUE})")
  int few = 1000;

  @Option(
      names = "--many",
      paramLabel = "N",
      description = "runs that wait in the long queue (default: ${DEFAULT-VALUE})")
  int many = 1_000_000;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "leases of each turn (default: ${DEFAULT-VALUE})")
  int samples = 500;

  @Option(
      names = "--turns",
      paramLabel = "N",
      description = "of each queue (default: ${DEFAULT-VALUE})")
  int turns = 8;

  @Override
  SeedPlan plan() {
    return SeedPlan.of(0, Instant.now()).withQueued(FEW, few).withQueued(MANY, many);
  }

  @Override
  Report measure(Target target) throws IOException {
    var report = new Report("depth");
    try (var shallow = new QueueProbe(target, FEW);
        var deep = new QueueProbe(target, MANY)) {
      shallow.warmUp(samples);
      deep.warmUp(samples);
      for (int turn = 0; turn < turns; turn++) {
        shallow.measure(samples);
        deep.measure(samples);
      }
      shallow.report(FEW, report);
      deep.report(MANY, report);
      report.put("lease_p50_ratio", deep.medianNanos() / (double) shallow.medianNanos());
      report.put("cpu_ratio", deep.cpuMicros() / (double) Math.max(1, shallow.cpuMicros()));
    }
    return report;
  }
}
