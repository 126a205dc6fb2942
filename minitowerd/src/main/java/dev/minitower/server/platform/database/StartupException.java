package dev.minitower.server.platform.database;

/** The server can't start; the message is one line for the operator. */
public final class StartupException extends RuntimeException {
  public StartupException(String message) {
    super(message);
  }

  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
