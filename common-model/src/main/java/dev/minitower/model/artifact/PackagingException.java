package dev.minitower.model.artifact;

/** A project that can't be packed; the message tells a person what is in the way. */
public final class PackagingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PackagingException(String message) {
    super(message);
  }

  PackagingException(String message, Throwable cause) {
    super(message, cause);
  }
}
