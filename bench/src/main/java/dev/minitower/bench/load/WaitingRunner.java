package dev.minitower.bench.load;

import dev.minitower.bench.check.Ledger;
import dev.minitower.bench.measure.Histogram;
import dev.minitower.bench.protocol.Lease;
import dev.minitower.bench.protocol.RunnerClient;
import dev.minitower.bench.protocol.TeamClient;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One runner that waits for work, and somebody who gives it one run at a time. */
public final class WaitingRunner implements AutoCloseable {
  private static final int WAIT_SECONDS = 20;
  private static final int PATIENCE_SECONDS = 30;

  /** What the seed's runners rest between two polls. */
  private static final long POLL_MILLIS = 3000;

  private final Target target;
  private final String app;
  private final Ledger ledger = new Ledger();
  private final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
  private final Workers workers = new Workers();

  /** How many runs it shall still wait for; it never polls for one that nobody will create. */
  private final Semaphore polls = new Semaphore(0);

  private volatile boolean over;

  private record Taken(long runId, long atNanos) {}

  public WaitingRunner(Target target) throws IOException {
    this.target = target;
    this.app = target.newApp("true\n");
    RunnerClient runner = target.newRunner();
    workers.start(1, i -> () -> run(runner));
  }

  private void run(RunnerClient runner) throws IOException, InterruptedException {
    try (runner) {
      for (polls.acquire(); !over; polls.acquire()) {
        Lease lease = await(runner);
        long now = System.nanoTime();
        ledger.leased(lease.runId(), lease.attemptNo());
        runner.complete(lease);
        ledger.ended(lease.runId());
        taken.add(new Taken(lease.runId(), now));
      }
    }
  }

  private static Lease await(RunnerClient runner) throws IOException, InterruptedException {
    while (true) {
      long asked = System.nanoTime();
      @Nullable Lease lease = runner.lease(WAIT_SECONDS);
      if (lease != null) {
        return lease;
      }
      if (System.nanoTime() - asked < TimeUnit.SECONDS.toNanos(1)) {
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  /** The time from the sending of a create until the runner has the run. */
  public Histogram sample(int count, long pauseMillis) throws IOException, InterruptedException {
    var times = new Histogram();
    polls.release(count);
    try (TeamClient team = target.team()) {
      for (int i = 0; i < count; i++) {
        Thread.sleep(pauseMillis);
        times.record(once(team));
      }
    }
    return times;
  }

  private long once(TeamClient team) throws IOException, InterruptedException {
    long began = System.nanoTime();
    long runId = team.createRun(app);
    ledger.created(runId);
    Taken got = taken.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (got == null) {
      throw new IOException("run " + runId + " was not leased in " + PATIENCE_SECONDS + " s");
    }
    if (got.runId() != runId) {
      ledger.problem("run " + runId + " was created, run " + got.runId() + " leased");
    }
    return got.atNanos() - began;
  }

  /** Ends the runner; answers what was wrong. */
  public List<String> finish() throws IOException, InterruptedException {
    over = true;
    polls.release();
    workers.join();
    new Verification(target, app, 0).check(ledger);
    return ledger.verdict();
  }

  @Override
  public void close() {
    over = true;
    workers.close();
  }
}
