package dev.minitower.cli.follow;

import dev.minitower.cli.http.ServerRefusal;
import dev.minitower.cli.http.Unreachable;
import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Pause;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Repeats calls to a server that has answered before and now doesn't: more and more slowly, and for
 * five minutes, which is longer than a restart takes.
 */
final class Persistence {
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Pause pause;
  private final RunListener listener;
  private boolean everAnswered;
  private boolean lost;
  private Duration nextWait = FIRST_WAIT;
  private Duration waited = Duration.ZERO;

  Persistence(Pause pause, RunListener listener) {
    this.pause = pause;
    this.listener = listener;
  }

  /** The call's answer, however often it takes; refusals that won't change are thrown at once. */
  <T> T untilAnswered(Supplier<T> call) {
    while (true) {
      try {
        T answer = call.get();
        answered();
        return answer;
      } catch (Unreachable silent) {
        failed(silent);
      } catch (ServerRefusal refusal) {
        if (!refusal.isTemporary()) {
          throw refusal;
        }
        failed(refusal);
      }
    }
  }

  /** Waits before a stream that broke off is opened again. */
  void pauseAfterBreak() {
    pause.await(nextWait);
    nextWait = longer(nextWait);
  }

  /** The server did more than accept a connection: the next break is a first one again. */
  void progressed() {
    nextWait = FIRST_WAIT;
  }

  private void answered() {
    everAnswered = true;
    waited = Duration.ZERO;
    if (lost) {
      lost = false;
      listener.connectionRestored();
    }
  }

  private void failed(CliException cause) {
    if (!everAnswered || waited.compareTo(PATIENCE) >= 0) {
      throw cause;
    }
    if (!lost) {
      lost = true;
      listener.connectionLost(cause.sentence());
    }
    waited = waited.plus(nextWait);
    pauseAfterBreak();
  }

  private static Duration longer(Duration wait) {
    Duration doubled = wait.multipliedBy(2);
    return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
  }
}
