package dev.minitower.runner.loop;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** As many threads as the runner may hold attempts, and the count of the free ones. */
final class Slots {
  private static final System.Logger LOG = System.getLogger(Slots.class.getName());

  private final int count;
  private final Semaphore free;
  private final ExecutorService threads;

  Slots(int count) {
    this.count = count;
    this.free = new Semaphore(count);
    this.threads = Executors.newFixedThreadPool(count, Timers.daemons("slot-"));
  }

  /** Waits for a free slot and takes it; it is to be given to {@link #run} or {@link #giveBack}. */
  void take() throws InterruptedException {
    free.acquire();
  }

  void giveBack() {
    free.release();
  }

  /** Runs a task in the slot that was taken, and gives the slot back when it has ended. */
  void run(Task task) {
    threads.execute(
        () -> {
          try {
            task.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "an attempt failed in the runner itself", e);
          } finally {
            giveBack();
          }
        });
  }

  /** Waits for all tasks under way, for so long at most. Nobody takes a slot meanwhile. */
  void awaitIdle(Duration atMost) throws InterruptedException {
    if (free.tryAcquire(count, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      free.release(count);
    }
  }

  /** Waits for the tasks under way, then interrupts those that take longer. */
  void close(Duration patience, Duration afterInterrupt) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      var neverStarted = threads.shutdownNow();
      boolean ended = threads.awaitTermination(afterInterrupt.toMillis(), TimeUnit.MILLISECONDS);
      LOG.log(
          Level.WARNING,
          "attempts were left for the next start, all stopped={0} not begun={1}",
          ended,
          neverStarted);
    }
  }

  /** What runs in a slot. */
  interface Task {
    void run() throws InterruptedException;
  }
}
