package dev.minitower.bench.load;

import dev.minitower.bench.measure.Histogram;
import dev.minitower.bench.measure.ProcessUsage;
import dev.minitower.bench.measure.Report;
import dev.minitower.bench.protocol.Lease;
import dev.minitower.bench.protocol.RunnerClient;
import dev.minitower.bench.server.Target;
import java.io.IOException;

/**
 * A runner of one environment that leases and hands back, so that the queue stays as long as it is.
 */
public final class QueueProbe implements AutoCloseable {
  private final Target target;
  private final RunnerClient runner;
  private final Histogram leases = new Histogram();
  private long cpuMicros;

  public QueueProbe(Target target, String environment) throws IOException {
    this.target = target;
    this.runner = target.newRunnerIn(environment);
  }

  public void warmUp(int count) throws IOException {
    turn(count, new Histogram());
  }

  /** One turn more; what the server uses meanwhile counts for this queue. */
  public void measure(int count) throws IOException {
    long before = serverMicros();
    turn(count, leases);
    cpuMicros += serverMicros() - before;
  }

  private void turn(int count, Histogram times) throws IOException {
    for (int i = 0; i < count; i++) {
      long began = System.nanoTime();
      Lease lease = runner.lease(0);
      times.record(System.nanoTime() - began);
      if (lease == null) {
        throw new IOException("nothing waits in a queue that was filled");
      }
      runner.release(lease);
    }
  }

  private long serverMicros() {
    return target.usage().map(ProcessUsage::cpuMicros).orElse(0L);
  }

  public long medianNanos() {
    return leases.percentileNanos(50);
  }

  /** Of the server's process, for leases and their release; 0 if it is not known. */
  public long cpuMicros() {
    return cpuMicros;
  }

  public void report(String name, Report report) {
    report.percentiles(name + "_lease", leases);
    report.put(
        name + "_server_cpu_us_per_lease_and_release",
        cpuMicros / (double) Math.max(1, leases.count()));
  }

  @Override
  public void close() {
    runner.close();
  }
}
