package dev.minitower.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Threads that each do one thing to its end. */
public final class Workers implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool(Workers::daemon);
  private final List<Future<?>> tasks = new ArrayList<>();

  /** What a worker does. */
  public interface Task {
    void run() throws Exception;
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(null, work, "bench-worker", 256 * 1024L);
    thread.setDaemon(true);
    return thread;
  }

  public void start(int count, IntFunction<Task> work) {
    for (int i = 0; i < count; i++) {
      Task task = work.apply(i);
      tasks.add(
          threads.submit(
              () -> {
                task.run();
                return null;
              }));
    }
  }

  /** Returns when all have ended; with the failure of one that failed. */
  public void join() throws InterruptedException {
    try {
      for (Future<?> task : tasks) {
        Object unused = task.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a worker failed: " + e.getCause(), e);
    } finally {
      tasks.clear();
    }
  }

  @Override
  public void close() {
    var unused = threads.shutdownNow();
  }
}
