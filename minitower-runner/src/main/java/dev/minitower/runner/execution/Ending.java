package dev.minitower.runner.execution;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an execution ended.
 *
 * @param message for people, without a trailing period; none when there is nothing to explain
 */
public record Ending(Kind kind, @Nullable Integer exitCode, @Nullable String message) {
  private static final int MAX_CHARACTERS = 2_000;

  /** Who is to be told what. */
  public enum Kind {
    /** The program did its work. */
    COMPLETED,
    /** The program, or what it brought along, is at fault. */
    FAILED,
    /** It was stopped because the run was cancelled. */
    CANCELLED,
    /** This runner can't, or can no longer, do it; another one may. */
    HANDED_BACK,
    /** The run is no longer this runner's: nothing is reported. */
    LOST
  }

  public static Ending failed(String message) {
    return new Ending(Kind.FAILED, null, message);
  }

  public static Ending handedBack(String reason) {
    return new Ending(Kind.HANDED_BACK, null, reason);
  }

  /** As it stands in the log. */
  @Override
  public String toString() {
    return "ending="
        + kind.name().toLowerCase(Locale.ROOT)
        + (exitCode == null ? "" : " exit_code=" + exitCode)
        + (message == null ? "" : " message=\"" + shortMessage() + "\"");
  }

  /** The message as far as a server takes it. */
  public @Nullable String shortMessage() {
    return message == null || message.length() <= MAX_CHARACTERS
        ? message
        : message.substring(0, MAX_CHARACTERS) + "…";
  }

  /** An execution that was stopped before its process was started. */
  public static Ending stopped(StopReason reason) {
    return stopped(reason, null, Duration.ZERO);
  }

  static Ending of(Exit exit, Duration timeout) {
    StopReason stopped = exit.stopped();
    if (stopped != null) {
      return stopped(stopped, exit.code(), timeout);
    }
    return exit.code() == 0
        ? new Ending(Kind.COMPLETED, 0, null)
        : new Ending(Kind.FAILED, exit.code(), Signals.describe(exit.code()));
  }

  private static Ending stopped(StopReason reason, @Nullable Integer exitCode, Duration timeout) {
    return switch (reason) {
      case CANCELLED -> new Ending(Kind.CANCELLED, exitCode, null);
      case TIMEOUT ->
          new Ending(Kind.FAILED, exitCode, "timed out after %d s".formatted(timeout.toSeconds()));
      case SHUTDOWN -> new Ending(Kind.HANDED_BACK, exitCode, "the runner is shutting down");
      case LEASE_LOST -> new Ending(Kind.LOST, exitCode, "the lease was lost");
    };
  }
}
