package dev.minitower.bench.load;

import dev.minitower.bench.measure.Histogram;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.protocol.TeamClient;
import dev.minitower.bench.server.Target;
import java.util.List;
import java.util.stream.Stream;

/** People who look at everything in turn, again and again. */
public final class Readers implements AutoCloseable {
  private final Target target;
  private final List<String> paths;
  private final int pauseMillis;
  private final Workers workers = new Workers();
  private volatile List<Histogram> times;
  private volatile boolean over;

  /**
   * @param pauseMillis between two reads of one reader
   */
  public Readers(Target target, List<String> paths, int pauseMillis) {
    this.target = target;
    this.paths = paths;
    this.pauseMillis = pauseMillis;
    this.times = histograms();
  }

  private List<Histogram> histograms() {
    return Stream.generate(Histogram::new).limit(paths.size()).toList();
  }

  /** Each begins at another path. */
  public void start(int count) {
    workers.start(count, i -> () -> read(i * paths.size() / count));
  }

  private void read(int first) throws Exception {
    try (TeamClient team = target.team()) {
      for (int i = first; !over; i = (i + 1) % paths.size()) {
        long began = System.nanoTime();
        team.read(paths.get(i));
        times.get(i).record(System.nanoTime() - began);
        Thread.sleep(pauseMillis);
      }
    }
  }

  /** What was measured up to now does not count. */
  public void forget() {
    times = histograms();
  }

  public void report(Report report) {
    List<Histogram> measured = times;
    double worst95 = 0;
    double worst99 = 0;
    report.note("%9s %9s %9s %7s".formatted("p50 ms", "p95 ms", "p99 ms", "reads"));
    for (int i = 0; i < paths.size(); i++) {
      Histogram of = measured.get(i);
      double p95 = of.percentileNanos(95) / 1e6;
      double p99 = of.percentileNanos(99) / 1e6;
      worst95 = Math.max(worst95, p95);
      worst99 = Math.max(worst99, p99);
      double p50 = of.percentileNanos(50) / 1e6;
      report.note("%9.2f %9.2f %9.2f %7d  %s".formatted(p50, p95, p99, of.count(), paths.get(i)));
    }
    report.put("read_worst_p95_ms", worst95);
    report.put("read_worst_p99_ms", worst99);
  }

  /** Fails if a reader has failed. */
  public void stop() throws InterruptedException {
    over = true;
    workers.join();
  }

  @Override
  public void close() {
    over = true;
    workers.close();
  }
}
