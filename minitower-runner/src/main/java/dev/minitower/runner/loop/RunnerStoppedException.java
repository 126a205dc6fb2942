package dev.minitower.runner.loop;

/** The runner can't go on, and no waiting will help; the message tells the operator what to do. */
public final class RunnerStoppedException extends Exception {
  private static final long serialVersionUID = 1L;

  RunnerStoppedException(String message) {
    super(message);
  }
}
