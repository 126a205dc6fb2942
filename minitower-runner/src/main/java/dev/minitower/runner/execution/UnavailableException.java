package dev.minitower.runner.execution;

/** The operator asked for something that this machine can't give; the message says what and why. */
public final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnavailableException(String message) {
    super(message);
  }
}
