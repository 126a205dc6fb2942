package dev.minitower.runner.cache;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * How long a caller waits for another who is making what it needs.
 *
 * @param giveUp ends the waiting as soon as it is done itself
 * @param untilNanos on the monotonic clock
 * @param told run once, when the waiting begins
 */
public record Patience(CompletableFuture<?> giveUp, long untilNanos, Runnable told) {
  private static final int PAUSE_MILLIS = 30;

  /** Waits a moment; false if it is enough. */
  boolean waits() throws InterruptedException {
    try {
      Object unused = giveUp.get(PAUSE_MILLIS, MILLISECONDS);
      return false;
    } catch (TimeoutException e) {
      return System.nanoTime() - untilNanos < 0;
    } catch (ExecutionException e) {
      return false;
    }
  }
}
