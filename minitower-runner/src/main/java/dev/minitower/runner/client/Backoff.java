package dev.minitower.runner.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Growing pauses between repetitions, with jitter so that many runners don't return as one. */
public final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);

  private final Duration longest;
  private Duration next = FIRST;

  public Backoff(Duration longest) {
    this.longest = longest;
  }

  /** The next pause: from half of it to all of it at random, at least as long as asked for. */
  public Duration next(Duration atLeast) {
    Duration pause = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) < 0 ? doubled : longest;
    long nanos = pause.toNanos();
    Duration jittered =
        Duration.ofNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2));
    return jittered.compareTo(atLeast) < 0 ? atLeast : jittered;
  }

  public Duration next() {
    return next(Duration.ZERO);
  }

  public void reset() {
    next = FIRST;
  }
}
