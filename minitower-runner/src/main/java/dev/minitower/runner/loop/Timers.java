package dev.minitower.runner.loop;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that keep leases. Heartbeats wait for the network, a thread for each slot; deadlines
 * never wait for anything, so that one thread is enough and never late.
 */
public final class Timers implements AutoCloseable {
  private final ScheduledExecutorService heartbeats;
  private final ScheduledExecutorService deadlines;

  public Timers(int slots) {
    this.heartbeats = executor(slots, "heartbeat-");
    this.deadlines = executor(1, "deadline-");
  }

  ScheduledExecutorService heartbeats() {
    return heartbeats;
  }

  ScheduledExecutorService deadlines() {
    return deadlines;
  }

  @Override
  public void close() {
    var unusedHeartbeats = heartbeats.shutdownNow();
    var unusedDeadlines = deadlines.shutdownNow();
  }

  private static ScheduledExecutorService executor(int threads, String name) {
    var executor = new ScheduledThreadPoolExecutor(threads, daemons(name));
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  static ThreadFactory daemons(String name) {
    var count = new AtomicInteger();
    return task -> {
      Thread thread = Executors.defaultThreadFactory().newThread(task);
      thread.setName(name + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
