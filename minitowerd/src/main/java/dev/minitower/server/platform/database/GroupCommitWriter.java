package dev.minitower.server.platform.database;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.TransientDataAccessException;

/**
 * The one thread that writes. What waits at the moment is one group: one transaction, each unit in
 * a savepoint of its own, one commit and so one fsync, then the answers. There is no timer: a lone
 * unit is committed at once, a crowd shares the sync.
 *
 * <p>A unit that throws is undone alone. An SQL error that is neither a broken constraint nor a
 * defective statement (a full disk, an I/O error) may already have rolled the whole transaction
 * back inside SQLite, so after one there is nothing but a rollback for all, and everybody in the
 * group is told to ask again.
 */
final class GroupCommitWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupCommitWriter.class);
  private static final int MAX_GROUP = 512;
  static final Duration MAX_GROUP_TIME = Duration.ofMillis(20);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final UnitQueue queue = new UnitQueue();
  private final WriterMetrics metrics;
  private final Thread thread = new Thread(this::run, "writer");
  private volatile boolean healthy = true;
  private @Nullable DataSource dataSource;
  private Runnable beforeCommit = () -> {};
  private Runnable afterFailure = () -> {};
  private @Nullable UnitOfWork<?> current;

  GroupCommitWriter(MeterRegistry registry) {
    this.metrics = new WriterMetrics(registry, queue);
  }

  /**
   * @param dataSource gives this thread the writer's connection
   * @param beforeCommit runs last inside every group
   * @param afterFailure drops the connection of a group that could not be committed: what state it
   *     is in is anybody's guess
   */
  void start(DataSource dataSource, Runnable beforeCommit, Runnable afterFailure) {
    this.dataSource = dataSource;
    this.beforeCommit = beforeCommit;
    this.afterFailure = afterFailure;
    thread.start();
  }

  boolean isWriterThread() {
    return Thread.currentThread() == thread;
  }

  boolean isHealthy() {
    return healthy;
  }

  <T extends @Nullable Object> CompletableFuture<T> submit(Supplier<T> work) {
    return submit(work, queue::offer);
  }

  <T extends @Nullable Object> CompletableFuture<T> submitUrgently(Supplier<T> work) {
    return submit(work, queue::offerUrgent);
  }

  <T extends @Nullable Object> CompletableFuture<T> submitPatiently(
      Duration patience, Supplier<T> work) {
    return submit(work, unit -> queue.offerPatient(unit, patience));
  }

  private <T extends @Nullable Object> CompletableFuture<T> submit(
      Supplier<T> work, Function<UnitOfWork<?>, UnitQueue.Offer> lane) {
    UnitOfWork<T> unit = new UnitOfWork<>(work);
    if (isWriterThread() && current != null) {
      unit.refuse(new IllegalStateException("a unit of work can't wait for another"));
      return unit.answer();
    }
    switch (lane.apply(unit)) {
      case ACCEPTED -> {}
      case FULL -> {
        metrics.refused();
        unit.refuse(new DatabaseUnavailableException("the server has too much to write"));
      }
      case CLOSED -> unit.refuse(new DatabaseUnavailableException("the server is shutting down"));
    }
    return unit.answer();
  }

  void afterCommit(Runnable hook) {
    if (!isWriterThread() || current == null) {
      throw new IllegalStateException("not inside a unit of work");
    }
    current.afterCommit(hook);
  }

  private void run() {
    boolean finished = false;
    while (!finished) {
      try {
        UnitOfWork<?> first = queue.take();
        finished = first == null;
        if (first != null) {
          commitGroup(first);
        }
      } catch (InterruptedException e) {
        queue.close();
      } catch (RuntimeException | Error e) {
        // The loop must outlive everything: without it the server can't write.
        log.error("The writer met an unexpected error", e);
      }
    }
  }

  private void commitGroup(UnitOfWork<?> first) {
    List<UnitOfWork<?>> group = new ArrayList<>(List.of(first));
    try (GroupTransaction transaction =
        GroupTransaction.begin(Objects.requireNonNull(dataSource))) {
      runAndCommit(group, transaction);
    } catch (SQLException | RuntimeException | Error e) {
      refuse(group, e);
      return;
    }
    healthy = true;
    metrics.committed(group.size());
    for (UnitOfWork<?> unit : group) {
      runHooks(unit);
      unit.tell();
    }
  }

  private void runAndCommit(List<UnitOfWork<?>> group, GroupTransaction transaction)
      throws SQLException {
    try {
      runGroup(group, transaction);
      transaction.commit();
    } catch (SQLException | RuntimeException | Error e) {
      try {
        transaction.rollback();
      } catch (SQLException notRolledBack) {
        // SQLite may have rolled back by itself; the connection is dropped in any case.
        e.addSuppressed(notRolledBack);
      }
      throw e;
    }
  }

  private void runGroup(List<UnitOfWork<?>> group, GroupTransaction transaction)
      throws SQLException {
    long startNanos = System.nanoTime();
    runUnit(group.get(0), transaction);
    for (UnitOfWork<?> unit = next(group.size(), startNanos);
        unit != null;
        unit = next(group.size(), startNanos)) {
      group.add(unit);
      runUnit(unit, transaction);
    }
    beforeCommit.run();
  }

  private @Nullable UnitOfWork<?> next(int groupSize, long startNanos) {
    boolean full =
        groupSize >= MAX_GROUP || System.nanoTime() - startNanos > MAX_GROUP_TIME.toNanos();
    return full ? null : queue.poll();
  }

  private void runUnit(UnitOfWork<?> unit, GroupTransaction transaction) throws SQLException {
    transaction.setSavepoint();
    current = unit;
    try {
      unit.run();
    } catch (RuntimeException | Error e) {
      if (breaksTheGroup(e)) {
        throw e;
      }
      transaction.undoToSavepoint();
      unit.failed(e);
    } finally {
      current = null;
    }
    transaction.releaseSavepoint();
  }

  private static boolean breaksTheGroup(Throwable e) {
    return (e instanceof TransientDataAccessException
            || e instanceof NonTransientDataAccessException)
        && !(e instanceof DataIntegrityViolationException)
        && !(e instanceof InvalidDataAccessResourceUsageException)
        && !(e instanceof IncorrectResultSizeDataAccessException);
  }

  private void refuse(List<UnitOfWork<?>> group, Throwable cause) {
    healthy = false;
    metrics.failed();
    log.error("A commit failed and was rolled back, units={}", group.size(), cause);
    DatabaseUnavailableException refusal =
        new DatabaseUnavailableException("the database could not commit", cause);
    group.forEach(unit -> unit.refuse(refusal));
    afterFailure.run();
  }

  private static void runHooks(UnitOfWork<?> unit) {
    for (Runnable hook : unit.hooks()) {
      try {
        hook.run();
      } catch (RuntimeException | Error e) {
        // The unit is durable: its caller must hear so, whatever a listener does.
        log.error("A hook after a commit failed", e);
      }
    }
  }

  /** Commits what is queued, then stops. */
  @Override
  public void close() {
    queue.close();
    try {
      thread.join(STOP_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
