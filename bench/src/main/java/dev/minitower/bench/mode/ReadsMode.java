package dev.minitower.bench.mode;

import dev.minitower.bench.load.CycleLoad;
import dev.minitower.bench.load.Readers;
import dev.minitower.bench.load.Stretch;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.seed.SeedPlan;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How quick lists, figures and searches are while runs come and go. */
@Command(
    name = "reads",
    description = "every list, figure and search on a long history, while runners cycle",
    mixinStandardHelpOptions = true)
public final class ReadsMode extends SeededMode {
  private static final int APPS = 100;

  @Mixin LoadOptions options = new LoadOptions();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "of the history, five attempts for each (default: ${DEFAULT-VALUE})")
  int runs = 1_000_000;

  @Option(
      names = "--readers",
      paramLabel = "N",
      description = "that read at the same time (default: ${DEFAULT-VALUE})")
  int readers = 2;

  @Option(
      names = "--pause",
      paramLabel = "MS",
      description = "of a reader between two reads (default: ${DEFAULT-VALUE})")
  int pause = 5;

  @Override
  SeedPlan plan() {
    return SeedPlan.of(runs, Instant.now()).withTeams(1, APPS);
  }

  @Override
  Report measure(Target target) throws IOException, InterruptedException {
    var report = new Report("reads");
    try (var load = new CycleLoad(target, options.plan());
        var reading = new Readers(target, paths(), pause)) {
      load.startRunners();
      load.startCreators();
      reading.start(readers);
      Stretch unused = load.measure(options.warmUp());
      reading.forget();
      Stretch stretch = load.measure(options.duration());
      reading.report(report);
      reading.stop();
      stretch.report(report);
      load.finish().forEach(report::violated);
    }
    return report;
  }

  private List<String> paths() {
    long run = runs / 2;
    return List.of(
        "/me",
        "/runs?limit=100",
        "/runs?limit=100&offset=10000",
        "/runs?limit=100&status=failed,dead",
        "/runs?limit=100&app=app-050&status=cancelled",
        "/runs?limit=100&status=leased,running,cancelling",
        "/runs/summary",
        "/runs/" + run,
        "/runs/" + run + "/logs",
        "/runs/" + run + "/logs/search?q=price",
        "/apps?limit=100",
        "/apps?limit=100&stats=true",
        "/apps/app-050?stats=true",
        "/apps?q=05",
        "/apps/app-050/runs?limit=100",
        "/apps/app-050/versions",
        "/stats/runs",
        "/stats/runs?hours=168",
        "/stats/runs?hours=168&app=app-050",
        "/stats/queue",
        "/tokens",
        "/admin/runners",
        "/runs?q=region&limit=100",
        "/runs?q=region&limit=100&status=leased",
        "/runs?q=no%20such%20text",
        "/runs?q=c-77777",
        "/runs?q=eu-west-3%20eu-west-4&limit=100",
        "/runs?q=app&limit=100",
        "/runs?q=app-05&limit=100",
        "/runs?q=777");
  }
}
