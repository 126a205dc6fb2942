package dev.minitower.server.events;

import dev.minitower.server.platform.database.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells listeners what was committed, in the order of the commits, on one thread of its own: the
 * writer only hands over. Listeners must be quick; what they need beyond the change they read
 * themselves.
 */
@Component
public final class ChangeFeed implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);
  private static final int CAPACITY = 65_536;
  private static final int MAX_BATCH = 512;

  private final Transactions transactions;
  private final BlockingQueue<Change> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "change-feed");
  private volatile boolean running;

  ChangeFeed(Transactions transactions) {
    this.transactions = transactions;
    thread.setDaemon(true);
  }

  public void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /**
   * From inside a unit of work: tells the change once the unit is durable, and never if it is not.
   */
  public void publish(Change change) {
    transactions.afterCommit(() -> tell(change));
  }

  /** Tells a change that no transaction makes. Waits when listeners are far behind. */
  public void tell(Change change) {
    try {
      queue.put(change);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Change> changes = new ArrayList<>();
    try {
      while (running) {
        changes.add(queue.take());
        int unused = queue.drainTo(changes, MAX_BATCH);
        changes.forEach(change -> listeners.forEach(listener -> tell(listener, change)));
        changes.clear();
      }
    } catch (InterruptedException e) {
      // Stopped.
    }
  }

  private static void tell(Consumer<Change> listener, Change change) {
    try {
      listener.accept(change);
    } catch (RuntimeException e) {
      // One listener's mistake must not cost the others their changes.
      log.error("A listener failed on {}", change, e);
    }
  }

  @Override
  public void start() {
    running = true;
    thread.start();
  }

  @Override
  public void stop() {
    running = false;
    thread.interrupt();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** From before the first request until after the last. */
  @Override
  public int getPhase() {
    return 0;
  }
}
