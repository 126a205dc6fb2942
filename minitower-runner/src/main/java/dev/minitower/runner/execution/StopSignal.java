package dev.minitower.runner.execution;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The wish that an execution ends, made by any thread. The first reason stays, but for a lost
 * lease, which beats all others: of such an attempt nothing may be reported.
 */
public final class StopSignal {
  private final CompletableFuture<Void> requested = new CompletableFuture<>();
  private final CompletableFuture<Void> killRequested = new CompletableFuture<>();
  private @Nullable StopReason reason;

  /** Asks for an orderly end: TERM, then KILL when the grace period is over. */
  public void stop(StopReason newReason) {
    synchronized (this) {
      if (reason == null || newReason == StopReason.LEASE_LOST) {
        reason = newReason;
      }
    }
    var unused = requested.complete(null);
  }

  /** Asks for KILL at once. */
  public void kill(StopReason newReason) {
    stop(newReason);
    var unused = killRequested.complete(null);
  }

  public synchronized Optional<StopReason> reason() {
    return Optional.ofNullable(reason);
  }

  /** Done as soon as an end is asked for. */
  public CompletableFuture<Void> requested() {
    return requested;
  }

  boolean isKillRequested() {
    return killRequested.isDone();
  }
}
