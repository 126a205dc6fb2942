package dev.minitower.server.platform.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One caller's work inside a group: what it answered or how it failed, told after the commit. */
final class UnitOfWork<T extends @Nullable Object> {
  private final Supplier<T> work;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private @Nullable T result;
  private @Nullable Throwable failure;

  UnitOfWork(Supplier<T> work) {
    this.work = work;
  }

  CompletableFuture<T> answer() {
    return answer;
  }

  void run() {
    result = work.get();
  }

  void failed(Throwable e) {
    failure = e;
    afterCommit.clear();
  }

  void afterCommit(Runnable hook) {
    afterCommit.add(hook);
  }

  List<Runnable> hooks() {
    return afterCommit;
  }

  /** Tells the caller; only the writer calls this, and only once the group is committed. */
  @SuppressWarnings("NullAway") // T may itself be nullable; result is set when there is no failure
  void tell() {
    boolean told =
        failure == null ? answer.complete(result) : answer.completeExceptionally(failure);
    if (!told) {
      throw new IllegalStateException("a unit of work was answered twice");
    }
  }

  void refuse(Throwable e) {
    var unused = answer.completeExceptionally(e);
  }
}
