package dev.minitower.bench.mode;

import dev.minitower.bench.load.LogStorm;
import dev.minitower.bench.load.LogStorm.Batch;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lines in and out: what a second, a core and a disk can take. */
@Command(
    name = "logs",
    description = "one and sixteen runners that send lines; then all of it is read back",
    mixinStandardHelpOptions = true)
public final class LogsMode extends Mode {
  private static final Batch PLAIN = new Batch(100, false);
  private static final Batch PACKED = new Batch(1000, true);

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "for each of the four kinds of load (default: ${DEFAULT-VALUE})")
  int seconds = 5;

  @Option(names = "--runners", paramLabel = "N", description = "many (default: ${DEFAULT-VALUE})")
  int runners = 16;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "before all of that (default: ${DEFAULT-VALUE})")
  int warmUp = 5;

  @Override
  Report measure(Target target) throws IOException, InterruptedException {
    var report = new Report("logs");
    warmUp(target, report);
    long bytesBefore = databaseSize(target);
    long lines = storm(target, 1, PLAIN, "1x100_", report);
    lines += storm(target, runners, PLAIN, runners + "x100_", report);
    if (LogStorm.isTaken(target, PACKED)) {
      lines += storm(target, 1, PACKED, "1x1000gz_", report);
      lines += storm(target, runners, PACKED, runners + "x1000gz_", report);
    }
    if (target.database().isPresent() && lines > 0) {
      long bytes = databaseSize(target) - bytesBefore;
      report.put("disk_bytes_per_line", (double) bytes / lines);
    }
    report.put("lines", lines);
    String best =
        runners + (report.has(runners + "x1000gz_lines_per_second") ? "x1000gz_" : "x100_");
    report.put("lines_per_second", report.figure(best + "lines_per_second"));
    return report;
  }

  private void warmUp(Target target, Report report) throws IOException, InterruptedException {
    try (var storm = new LogStorm(target, runners, PLAIN)) {
      LogStorm.Figures unused = storm.send(Duration.ofSeconds(warmUp));
      storm.finish().forEach(report::violated);
    }
  }

  /** Answers how many lines were stored. */
  private long storm(Target target, int senders, Batch batch, String name, Report report)
      throws IOException, InterruptedException {
    try (var storm = new LogStorm(target, senders, batch)) {
      LogStorm.Figures sent = storm.send(Duration.ofSeconds(seconds));
      sent.report(name, report);
      storm.finish().forEach(report::violated);
      storm.readBack().report(name + "read_back_", report);
      storm.download().report(name + "download_", report);
      storm.problems().forEach(report::violated);
      return sent.lines();
    }
  }

  private static long databaseSize(Target target) throws IOException {
    Optional<Path> file = target.database();
    return file.isPresent() ? Files.size(file.get()) : 0;
  }
}
