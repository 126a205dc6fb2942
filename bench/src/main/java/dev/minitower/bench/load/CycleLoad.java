package dev.minitower.bench.load;

import dev.minitower.bench.check.Ledger;
import dev.minitower.bench.measure.Timings;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * Creators and runners that cycle on one app until they are told to end, and then until nothing is
 * left. Measures stretches of that; {@link #finish} says whether they count.
 */
public final class CycleLoad implements AutoCloseable {
  private final Target target;
  private final CyclePlan plan;
  private final String app;
  private final Ledger ledger = new Ledger();
  private final Semaphore room;
  private final Workers creators = new Workers();
  private final Workers runners = new Workers();
  private final LongAdder errors = new LongAdder();
  private final AtomicInteger creatorsAtWork = new AtomicInteger();
  private volatile Timings timings = new Timings();
  private volatile boolean creating = true;
  private volatile long deadline = Long.MAX_VALUE;

  public CycleLoad(Target target, CyclePlan plan) throws IOException {
    this.target = target;
    this.plan = plan;
    this.app = target.newApp("true\n");
    this.room = new Semaphore(plan.queueBound());
  }

  /** Creates this many runs before anything else. */
  public void prefill(int runs) throws InterruptedException {
    try (var fillers = new Workers()) {
      var left = new AtomicInteger(runs);
      fillers.start(plan.creators(), i -> () -> new Creator(this).createWhile(left));
      fillers.join();
    }
  }

  public void startCreators() {
    creatorsAtWork.set(plan.creators());
    creators.start(plan.creators(), i -> () -> new Creator(this).createUntilOver());
  }

  public void startRunners() throws IOException {
    for (int i = 0; i < plan.runners(); i++) {
      var cycler = new Cycler(this, target.newRunner());
      runners.start(1, unused -> cycler::run);
    }
  }

  /** Lets it run and measures. */
  public Stretch measure(Duration duration) throws InterruptedException {
    return measureWhile(duration, () -> true);
  }

  /** The same; ends sooner when there is nothing more to measure. */
  public Stretch measureWhile(Duration longest, BooleanSupplier more) throws InterruptedException {
    var measured = new Timings();
    long errorsBefore = errors.sum();
    var meter = new Meter(target);
    timings = measured;
    long end = System.nanoTime() + longest.toNanos();
    while (more.getAsBoolean() && System.nanoTime() < end) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      Thread.sleep(Math.max(1, Math.min(20, left)));
    }
    Meter.Reading reading = meter.read();
    timings = new Timings();
    return new Stretch(measured, reading, errors.sum() - errorsBefore);
  }

  /** How many runs wait, as far as the clients know. */
  public long waiting() {
    return ledger.createdCount() - ledger.leasedCount();
  }

  public long endedCount() {
    return ledger.endedCount();
  }

  /**
   * No more creates; waits until every run has ended and holds all of it against the server's word.
   * Answers what is wrong.
   */
  public List<String> finish() throws IOException, InterruptedException {
    creating = false;
    deadline = System.nanoTime() + Duration.ofSeconds(plan.patienceSeconds()).toNanos();
    creators.join();
    runners.join();
    var verification = new Verification(target, app, plan.logLines());
    verification.check(ledger);
    return ledger.verdict();
  }

  Target target() {
    return target;
  }

  CyclePlan plan() {
    return plan;
  }

  String app() {
    return app;
  }

  Ledger ledger() {
    return ledger;
  }

  Semaphore room() {
    return room;
  }

  Timings timings() {
    return timings;
  }

  boolean isCreating() {
    return creating;
  }

  /** Nothing will be queued any more and nothing is; or it takes too long. */
  boolean isOver() {
    boolean done = !creating && creatorsAtWork.get() == 0 && waiting() <= 0;
    return done || System.nanoTime() - deadline > 0;
  }

  void creatorEnded() {
    int unused = creatorsAtWork.decrementAndGet();
  }

  void error(Exception failure) {
    errors.increment();
    ledger.problem(failure.toString());
  }

  @Override
  public void close() {
    creating = false;
    deadline = System.nanoTime();
    creators.close();
    runners.close();
  }
}
