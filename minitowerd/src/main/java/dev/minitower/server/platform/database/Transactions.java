package dev.minitower.server.platform.database;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions as services see them. A write is a unit of work that runs alone, sees the newest
 * state, and is durable when this returns. A read is one snapshot and never waits for a writer.
 */
public final class Transactions implements AutoCloseable {
  private final GroupCommitWriter writer;
  private final TransactionTemplate snapshot;

  Transactions(GroupCommitWriter writer, TransactionTemplate snapshot) {
    this.writer = writer;
    this.snapshot = snapshot;
  }

  /**
   * Runs {@code work} on the writer and returns its answer after the commit. An exception from
   * {@code work} undoes what it did, and only that, and is thrown here.
   *
   * @throws DatabaseUnavailableException if it could not be committed; nothing was changed
   */
  public <T extends @Nullable Object> T write(Supplier<T> work) {
    requireAnotherThread();
    return await(writer.submit(work));
  }

  /** The same, before ordinary work that waits: for what keeps a lease or ends it. */
  public <T extends @Nullable Object> T writeUrgently(Supplier<T> work) {
    requireAnotherThread();
    return await(writer.submitUrgently(work));
  }

  /** Waits for what was submitted, as {@link #write} does. */
  public <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
    requireAnotherThread();
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void requireAnotherThread() {
    if (writer.isWriterThread()) {
      throw new IllegalStateException("the writer can't wait for itself");
    }
  }

  /**
   * The same without waiting: the answer completes on the writer's thread and must not block it.
   */
  public <T extends @Nullable Object> CompletableFuture<T> submit(Supplier<T> work) {
    return writer.submit(work);
  }

  /**
   * Shares the commit of whatever is written next, and asks for one of its own only once nothing
   * was for as long as {@code patience}.
   */
  public <T extends @Nullable Object> CompletableFuture<T> submitPatiently(
      Duration patience, Supplier<T> work) {
    return writer.submitPatiently(patience, work);
  }

  /** Runs several queries on one snapshot of the database; inside a unit, on what the unit sees. */
  @SuppressWarnings("NullAway") // the template's result is null only if the work's is
  public <T extends @Nullable Object> T read(Supplier<T> work) {
    // A failed read inside a unit must not take the unit's group with it, as a nested template
    // would.
    return writer.isWriterThread() ? work.get() : snapshot.execute(status -> work.get());
  }

  /**
   * From inside a unit of work: runs {@code hook} once the unit is durable, and never if it is not.
   * The hook runs on the writer's thread, so it may only hand something on.
   */
  public void afterCommit(Runnable hook) {
    writer.afterCommit(hook);
  }

  /** Whether the last commit went through; asked by readiness. */
  public boolean isHealthy() {
    return writer.isHealthy();
  }

  /** Commits what is queued; later writes are refused. */
  @Override
  public void close() {
    writer.close();
  }
}
