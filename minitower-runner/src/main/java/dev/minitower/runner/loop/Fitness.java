package dev.minitower.runner.loop;

import dev.minitower.runner.execution.Ending;
import java.time.Duration;

/**
 * Whether this machine can work at all: a runner that hands back every run it gets must not take
 * the next one at once, and the same one again.
 */
final class Fitness {
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final int MOST_DOUBLINGS = 7;

  private int handedBackInARow;

  synchronized void ended(Ending.Kind kind) {
    switch (kind) {
      case COMPLETED, FAILED, CANCELLED -> handedBackInARow = 0;
      case HANDED_BACK -> handedBackInARow++;
      case LOST -> {}
    }
  }

  /** How long to leave the queue to others; zero while all is well. */
  synchronized Duration pause() {
    return handedBackInARow == 0
        ? Duration.ZERO
        : Duration.ofMillis(FIRST_PAUSE_MILLIS << Math.min(handedBackInARow - 1, MOST_DOUBLINGS));
  }
}
