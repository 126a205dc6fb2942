package dev.minitower.runner.execution;

import dev.minitower.model.lifecycle.EndReason;
import dev.minitower.model.lifecycle.ErrorClass;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an execution ended.
 *
 * @param reason none when the program did its work
 * @param words for people, without a trailing period; none when there is nothing to explain
 */
public record Ending(
    Kind kind, @Nullable Integer exitCode, @Nullable EndReason reason, @Nullable String words) {
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

  public static Ending failed(EndReason reason, String words) {
    return new Ending(Kind.FAILED, null, reason, words);
  }

  public static Ending handedBack(EndReason reason, String words) {
    return new Ending(Kind.HANDED_BACK, null, reason, words);
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
    if (exit.code() == 0) {
      return new Ending(Kind.COMPLETED, 0, null, null);
    }
    if (exit.outOfMemory()) {
      return failed(
          EndReason.OUT_OF_MEMORY, exit.code(), "killed by the kernel, which had no memory left");
    }
    EndReason reason = Signals.isSignal(exit.code()) ? EndReason.SIGNAL : EndReason.EXIT;
    return failed(reason, exit.code(), Signals.describe(exit.code()));
  }

  private static Ending failed(EndReason reason, int exitCode, String words) {
    return new Ending(Kind.FAILED, exitCode, reason, words);
  }

  private static Ending stopped(StopReason stop, @Nullable Integer exitCode, Duration timeout) {
    return switch (stop) {
      case CANCELLED ->
          new Ending(Kind.CANCELLED, exitCode, EndReason.CANCELLED, "stopped on request");
      case TIMEOUT ->
          new Ending(
              Kind.FAILED,
              exitCode,
              EndReason.TIMEOUT,
              "timed out after %d s".formatted(timeout.toSeconds()));
      case SHUTDOWN ->
          new Ending(
              Kind.HANDED_BACK, exitCode, EndReason.RUNNER_SHUTDOWN, "the runner is shutting down");
      case LEASE_LOST ->
          new Ending(Kind.LOST, exitCode, EndReason.LEASE_LOST, "the lease was lost");
    };
  }

  /** Reason and words as far as a server takes them. */
  public @Nullable String message() {
    if (reason == null || words == null) {
      return null;
    }
    String message = reason.message(words);
    return message.length() <= MAX_CHARACTERS
        ? message
        : message.substring(0, MAX_CHARACTERS) + "…";
  }

  /** Who must act, if anybody. */
  public @Nullable ErrorClass errorClass() {
    return Optional.ofNullable(reason).flatMap(EndReason::errorClass).orElse(null);
  }

  /** As it stands in the log. */
  @Override
  public String toString() {
    String message = message();
    return "ending="
        + kind.name().toLowerCase(Locale.ROOT)
        + (exitCode == null ? "" : " exit_code=" + exitCode)
        + (message == null ? "" : " message=\"" + message + "\"");
  }
}
