package dev.minitower.bench.mode;

import dev.minitower.bench.http.Endpoint;
import dev.minitower.bench.load.CycleLoad;
import dev.minitower.bench.load.Stretch;
import dev.minitower.bench.measure.Median;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.server.Credentials;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Two servers in turn, so that whatever else the machine does meets both. */
@Command(
    name = "compare",
    description = "steady load on this server and on another in turn, and the ratios",
    mixinStandardHelpOptions = true)
public final class CompareMode extends Mode {
  private static final Duration SETTLE = Duration.ofSeconds(1);

  @Mixin LoadOptions options = new LoadOptions();

  @Option(
      names = "--against",
      required = true,
      paramLabel = "URL|FILE",
      description = "the other: a server that is up, or a jar or program to start")
  String against = "";

  @Option(names = "--against-pid", paramLabel = "PID", description = "of the other at a URL")
  @Nullable Long pid;

  @Option(
      names = "--against-registration-token",
      paramLabel = "TOKEN",
      description = "of the other at a URL")
  String registrationToken = "";

  @Option(
      names = "--against-bootstrap-token",
      paramLabel = "TOKEN",
      description = "of the other at a URL")
  @Nullable String bootstrapToken;

  @Option(
      names = "--against-team-token",
      paramLabel = "TOKEN",
      description = "of the other at a URL; without any of the two it signs up")
  @Nullable String teamToken;

  @Option(names = "--rounds", paramLabel = "N", description = "default: ${DEFAULT-VALUE}")
  int rounds = 3;

  @Option(
      names = "--lines",
      paramLabel = "N,N",
      split = ",",
      description = "log lines of each run, one comparison for each (default: ${DEFAULT-VALUE})",
      defaultValue = "0,20")
  List<Integer> lines = List.of();

  @Override
  Report measure(Target target) throws IOException, InterruptedException {
    var report = new Report("compare");
    try (Target other = open()) {
      for (int count : lines) {
        options.logLines = count;
        compare(target, other, count + "_lines_", report);
      }
    }
    return report;
  }

  private Target open() throws IOException, InterruptedException {
    if (against.startsWith("http://")) {
      var credentials = new Credentials(registrationToken, bootstrapToken, teamToken);
      return Target.running(Endpoint.of(against), credentials, pid);
    }
    return Target.start(targetOptions.program(Path.of(against)), targetOptions.work);
  }

  private void compare(Target target, Target other, String name, Report report)
      throws IOException, InterruptedException {
    Stretch unused = once(target, options.warmUp(), report);
    Stretch unusedToo = once(other, options.warmUp(), report);
    var ratios = new ArrayList<Double>();
    var costs = new ArrayList<Double>();
    for (int round = 1; round <= rounds; round++) {
      Stretch ours = once(target, options.duration(), report);
      Stretch theirs = once(other, options.duration(), report);
      double ratio = ours.cyclesPerSecond() / theirs.cyclesPerSecond();
      ratios.add(ratio);
      costs.add(theirs.serverMicrosPerCycle() / ours.serverMicrosPerCycle());
      report.note(
          "%sround %d: %,.0f against %,.0f cycles/s, %.2f times; %.0f against %.0f us CPU each"
              .formatted(
                  name.replace('_', ' '),
                  round,
                  ours.cyclesPerSecond(),
                  theirs.cyclesPerSecond(),
                  ratio,
                  ours.serverMicrosPerCycle(),
                  theirs.serverMicrosPerCycle()));
    }
    report.put(name + "rate_ratio", Median.of(ratios));
    report.put(name + "cpu_ratio", Median.of(costs));
  }

  private Stretch once(Target target, Duration duration, Report report)
      throws IOException, InterruptedException {
    try (var load = new CycleLoad(target, options.plan())) {
      load.startRunners();
      load.startCreators();
      Stretch unused = load.measure(SETTLE);
      Stretch stretch = load.measure(duration);
      load.finish().forEach(report::violated);
      return stretch;
    }
  }
}
