package dev.minitower.it;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/**
 * Waiting for what another process will do, with a deadline. A server that does not answer yet is
 * asked again.
 */
final class Eventually {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private final Duration atMost;

  private Eventually(Duration atMost) {
    this.atMost = atMost;
  }

  static Eventually within(Duration atMost) {
    return new Eventually(atMost);
  }

  /** The first value that is as wanted; fails with the last one that was not. */
  <T> T see(String what, Supplier<T> value, Predicate<T> wanted) {
    return Awaitility.await(what)
        .atMost(atMost)
        .pollDelay(Duration.ZERO)
        .pollInterval(INTERVAL)
        .ignoreException(UncheckedIOException.class)
        .until(value::get, wanted);
  }

  void holds(ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(atMost)
        .pollDelay(Duration.ZERO)
        .pollInterval(INTERVAL)
        .ignoreException(UncheckedIOException.class)
        .untilAsserted(assertion);
  }
}
