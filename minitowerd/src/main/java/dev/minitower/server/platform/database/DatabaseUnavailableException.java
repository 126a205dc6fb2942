package dev.minitower.server.platform.database;

/** Nothing was changed, and the caller may ask again: the queue is full, or the commit failed. */
public final class DatabaseUnavailableException extends RuntimeException {
  DatabaseUnavailableException(String message) {
    super(message);
  }

  DatabaseUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
