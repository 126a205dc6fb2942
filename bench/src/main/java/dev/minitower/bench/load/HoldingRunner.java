package dev.minitower.bench.load;

import dev.minitower.bench.protocol.Lease;
import dev.minitower.bench.protocol.RunnerClient;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A runner that holds many runs. */
final class HoldingRunner {
  private static final long LONGEST_SLEEP = TimeUnit.MILLISECONDS.toNanos(50);

  private final HeldLeases all;
  private final RunnerClient runner;
  private final int share;

  /** The one that is due next first. */
  private final Queue<Held> held = new ArrayDeque<>();

  private record Held(Lease lease, long dueNanos) {}

  HoldingRunner(HeldLeases all, RunnerClient runner, int share) {
    this.all = all;
    this.runner = runner;
    this.share = share;
  }

  /** Leases its share, and keeps it alive from the first on. */
  void hold(CountDownLatch ready) throws IOException, InterruptedException {
    for (int i = 0; i < share; i++) {
      take();
      while (isDue()) {
        beat();
      }
    }
    spread();
    ready.countDown();
    while (!all.isOver()) {
      if (isDue()) {
        beat();
      } else {
        TimeUnit.NANOSECONDS.sleep(Math.min(LONGEST_SLEEP, nanosToNext()));
      }
    }
  }

  private void take() throws IOException {
    @Nullable Lease lease = runner.lease(0);
    if (lease == null) {
      throw new IOException("there is no run left for a runner with a free slot");
    }
    all.ledger().leased(lease.runId(), lease.attemptNo());
    runner.start(lease);
    held.add(new Held(lease, System.nanoTime() + all.periodNanos()));
  }

  private void spread() {
    long now = System.nanoTime();
    int count = held.size();
    for (int i = 0; i < count; i++) {
      held.add(new Held(held.remove().lease(), now + all.periodNanos() * i / count));
    }
  }

  private boolean isDue() {
    return nanosToNext() <= 0;
  }

  private long nanosToNext() {
    Held next = held.peek();
    return next == null ? LONGEST_SLEEP : next.dueNanos() - System.nanoTime();
  }

  /** The time counts from when it was due, so that a client that is late does not hide it. */
  private void beat() {
    Held next = held.remove();
    try {
      runner.heartbeat(next.lease());
      all.beaten(System.nanoTime() - next.dueNanos());
    } catch (IOException e) {
      all.refused(e);
    }
    held.add(new Held(next.lease(), next.dueNanos() + all.periodNanos()));
  }

  void complete() throws IOException {
    for (Held one : held) {
      runner.complete(one.lease());
      all.ledger().ended(one.lease().runId());
    }
  }

  void close() {
    runner.close();
  }
}
