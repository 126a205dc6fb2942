package dev.minitower.bench.load;

import dev.minitower.bench.check.Ledger;
import dev.minitower.bench.measure.Histogram;
import dev.minitower.bench.protocol.TeamClient;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Running runs that are kept alive by heartbeats, spread evenly over their period. */
public final class HeldLeases implements AutoCloseable {
  private static final int PER_RUNNER = 250;
  private static final int CREATORS = 4;
  private static final long TAKE_SECONDS = 300;

  private final Target target;
  private final int count;
  private final Duration period;
  private final String app;
  private final Ledger ledger = new Ledger();
  private final LongAdder missed = new LongAdder();
  private final Workers workers = new Workers();
  private final List<HoldingRunner> runners = new ArrayList<>();
  private volatile Histogram times = new Histogram();
  private volatile boolean over;

  public HeldLeases(Target target, int count, Duration period) throws IOException {
    this.target = target;
    this.count = count;
    this.period = period;
    this.app = target.newApp("true\n");
  }

  /** Returns when all are leased and started; from then on, and before, they are kept alive. */
  public void take() throws IOException, InterruptedException {
    create();
    var ready = new CountDownLatch((count + PER_RUNNER - 1) / PER_RUNNER);
    for (int first = 0; first < count; first += PER_RUNNER) {
      int share = Math.min(PER_RUNNER, count - first);
      var runner = new HoldingRunner(this, target.runner(target.newRunnerToken(share)), share);
      runners.add(runner);
      workers.start(1, i -> () -> runner.hold(ready));
    }
    if (!ready.await(TAKE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("not all leases were taken in " + TAKE_SECONDS + " s: " + problems());
    }
  }

  private void create() throws InterruptedException {
    try (var creators = new Workers()) {
      var left = new AtomicInteger(count);
      creators.start(CREATORS, i -> () -> create(left));
      creators.join();
    }
  }

  private void create(AtomicInteger left) throws IOException {
    try (TeamClient team = target.team()) {
      while (left.getAndDecrement() > 0) {
        ledger.created(team.createRun(app));
      }
    }
  }

  private List<String> problems() {
    return ledger.verdict();
  }

  /** Times of heartbeats from now on. */
  public Histogram measure() {
    times = new Histogram();
    return times;
  }

  public void stopMeasuring() {
    times = new Histogram();
  }

  /** How many were refused, or not answered before the next was due. */
  public long missed() {
    return missed.sum();
  }

  /** Completes all of them, which only a lease that was never lost can; answers what was wrong. */
  public List<String> finish() throws IOException, InterruptedException {
    over = true;
    workers.join();
    for (HoldingRunner runner : runners) {
      runner.complete();
    }
    if (missed() > 0) {
      ledger.problem(missed() + " heartbeats were late or refused");
    }
    new Verification(target, app, 0).check(ledger);
    return ledger.verdict();
  }

  Ledger ledger() {
    return ledger;
  }

  long periodNanos() {
    return period.toNanos();
  }

  boolean isOver() {
    return over;
  }

  void beaten(long nanos) {
    times.record(nanos);
    if (nanos > periodNanos()) {
      missed.increment();
    }
  }

  void refused(IOException e) {
    missed.increment();
    ledger.problem(e.toString());
  }

  @Override
  public void close() {
    over = true;
    workers.close();
    runners.forEach(HoldingRunner::close);
  }
}
