package dev.minitower.bench.mode;

import dev.minitower.bench.load.CycleLoad;
import dev.minitower.bench.load.Stretch;
import dev.minitower.bench.measure.Flatness;
import dev.minitower.bench.measure.JavaHeap;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether anything grows that should not. */
@Command(
    name = "soak",
    description =
        "full load for a long time: heap, write-ahead log and rate must stay what they are",
    mixinStandardHelpOptions = true)
public final class SoakMode extends Mode {
  private static final Duration STEP = Duration.ofSeconds(30);
  private static final long WAL_LIMIT = 64L << 20;

  @Mixin LoadOptions options = new LoadOptions();

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "how long it is measured; --seconds means nothing (default: ${DEFAULT-VALUE})")
  int minutes = 10;

  private final List<Double> heaps = new ArrayList<>();
  private final List<Double> rates = new ArrayList<>();
  private long largestWal;

  @Override
  Report measure(Target target) throws IOException, InterruptedException {
    var report = new Report("soak");
    try (var load = new CycleLoad(target, options.plan())) {
      load.startRunners();
      load.startCreators();
      Stretch unused = load.measure(options.warmUp());
      for (long step = 0; step < Duration.ofMinutes(minutes).dividedBy(STEP); step++) {
        step(target, load, report);
      }
      judge(report);
      target.usage().ifPresent(server -> report.put("server_rss_kib", server.residentKib()));
      load.finish().forEach(report::violated);
    }
    return report;
  }

  private void step(Target target, CycleLoad load, Report report)
      throws IOException, InterruptedException {
    Stretch stretch =
        load.measureWhile(
            STEP,
            () -> {
              largestWal = Math.max(largestWal, walSize(target));
              return true;
            });
    rates.add(stretch.cyclesPerSecond());
    OptionalLong heap = OptionalLong.empty();
    if (target.pid().isPresent()) {
      heap = new JavaHeap(targetOptions.tool("jcmd"), target.pid().get()).liveKib();
      heap.ifPresent(kib -> heaps.add((double) kib));
    }
    report.note(
        "after %4d s: %,8.0f cycles/s, heap %s KiB, write-ahead log at most %,d KiB"
            .formatted(
                rates.size() * STEP.toSeconds(),
                stretch.cyclesPerSecond(),
                heap.isPresent() ? "%,d".formatted(heap.getAsLong()) : "unknown",
                largestWal >> 10));
  }

  private static long walSize(Target target) {
    Optional<Path> database = target.database();
    try {
      Path wal = Path.of(database.map(Path::toString).orElse("") + "-wal");
      return Files.exists(wal) ? Files.size(wal) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void judge(Report report) {
    report.put("cycles_per_second", Flatness.mean(rates));
    report.put("last_third_to_first_rate", Flatness.lastToFirst(rates));
    report.put("largest_wal_kib", largestWal >> 10);
    if (largestWal > WAL_LIMIT) {
      report.violated("the write-ahead log grew to %,d KiB".formatted(largestWal >> 10));
    }
    if (!heaps.isEmpty()) {
      report.put("heap_kib_last", heaps.get(heaps.size() - 1));
      report.put("last_third_to_first_heap", Flatness.lastToFirst(heaps));
      if (!Flatness.isFlat(heaps)) {
        report.violated("the heap after collections grows: %s KiB".formatted(heaps));
      }
    }
  }
}
