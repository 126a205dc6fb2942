package dev.minitower.bench.load;

import dev.minitower.bench.measure.Call;
import dev.minitower.bench.protocol.Lease;
import dev.minitower.bench.protocol.LogLines;
import dev.minitower.bench.protocol.RunnerClient;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One runner that leases, starts, logs and completes, again and again. */
final class Cycler {
  private static final int BATCH = 100;

  private final CycleLoad load;
  private final RunnerClient runner;
  private final LogLines lines = new LogLines();

  Cycler(CycleLoad load, RunnerClient runner) {
    this.load = load;
    this.runner = runner;
  }

  void run() throws InterruptedException {
    try (runner) {
      while (!load.isOver()) {
        cycle();
      }
    }
  }

  private void cycle() throws InterruptedException {
    try {
      @Nullable Lease lease = lease();
      if (lease == null) {
        // A server that does not let polls wait shall not be asked at full speed.
        Thread.sleep(2);
      } else {
        work(lease);
      }
    } catch (IOException e) {
      load.error(e);
      Thread.sleep(100);
    }
  }

  private @Nullable Lease lease() throws IOException {
    long began = System.nanoTime();
    Lease lease = runner.lease(load.plan().waitSeconds());
    if (lease != null) {
      load.timings().of(Call.LEASE).record(System.nanoTime() - began);
      load.ledger().leased(lease.runId(), lease.attemptNo());
      load.room().release();
    }
    return lease;
  }

  private void work(Lease lease) throws IOException {
    long began = System.nanoTime();
    runner.start(lease);
    long started = taken(Call.START, began);
    int count = load.plan().logLines();
    for (int first = 1; first <= count; first += BATCH) {
      var batch = lines.batch(lease.runId(), first, Math.min(BATCH, count - first + 1));
      started = System.nanoTime();
      runner.logs(lease, batch, false);
      started = taken(Call.LOGS, started);
    }
    runner.complete(lease);
    long unused = taken(Call.RESULT, started);
    load.ledger().ended(lease.runId());
  }

  private long taken(Call call, long began) {
    long now = System.nanoTime();
    load.timings().of(call).record(now - began);
    return now;
  }
}
