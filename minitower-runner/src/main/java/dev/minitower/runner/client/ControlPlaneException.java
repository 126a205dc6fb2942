package dev.minitower.runner.client;

import java.time.Duration;

/** A call that did not do what it was made for. The kind says what the caller may do about it. */
public final class ControlPlaneException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What an answer, or its absence, means. */
  public enum Kind {
    /** Unknown whether the call had its effect (no answer, 5xx) or not now (429): make it again. */
    REPEAT,
    /** 401: the runner's or the registration token is not, or no longer, good. */
    UNAUTHORIZED,
    /** 410: the lease is over or another runner's. */
    GONE,
    /** 409: contradicts the state on the server. */
    CONFLICT,
    /** Any other answer: the two programs don't understand each other. Repeating is useless. */
    REFUSED;

    static Kind ofStatus(int status) {
      return switch (status) {
        case 401 -> UNAUTHORIZED;
        case 409 -> CONFLICT;
        case 410 -> GONE;
        case 408, 425, 429 -> REPEAT;
        default -> status >= 500 ? REPEAT : REFUSED;
      };
    }
  }

  private final Kind kind;
  private final Duration retryAfter;

  ControlPlaneException(Kind kind, String message, Duration retryAfter) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  ControlPlaneException(String message, Throwable cause) {
    super(message, cause);
    this.kind = Kind.REPEAT;
    this.retryAfter = Duration.ZERO;
  }

  public Kind kind() {
    return kind;
  }

  /** True when the attempt is no longer this runner's: nothing more may be sent for it. */
  public boolean endsLease() {
    return kind == Kind.GONE || kind == Kind.UNAUTHORIZED;
  }

  /** How long the server asks to wait at least; zero if it doesn't say. */
  Duration retryAfter() {
    return retryAfter;
  }
}
