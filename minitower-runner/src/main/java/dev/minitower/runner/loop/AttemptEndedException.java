package dev.minitower.runner.loop;

import dev.minitower.runner.execution.Ending;

/** An attempt ended before its program could be started. */
final class AttemptEndedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Ending ending;

  AttemptEndedException(Ending ending) {
    super(ending.message());
    this.ending = ending;
  }

  Ending ending() {
    return ending;
  }
}
