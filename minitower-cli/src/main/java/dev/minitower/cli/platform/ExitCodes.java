package dev.minitower.cli.platform;

import dev.minitower.model.lifecycle.RunStatus;

/** What the program's end tells a script; {@code docs/cli.md} has the same table. */
public final class ExitCodes {
  public static final int OK = 0;
  public static final int FAILURE = 1;
  public static final int CANCELLED = 2;
  public static final int NOT_ALLOWED = 10;
  public static final int NOT_FOUND = 11;
  public static final int CONFLICT = 12;
  public static final int GONE = 13;

  /** A command line that can't be read: EX_USAGE, because picocli's own 2 means cancelled here. */
  public static final int USAGE = 64;

  private ExitCodes() {}

  public static int ofHttpStatus(int status) {
    return switch (status) {
      case 401, 403 -> NOT_ALLOWED;
      case 404 -> NOT_FOUND;
      case 409 -> CONFLICT;
      case 410 -> GONE;
      default -> FAILURE;
    };
  }

  /** What a followed run's end becomes; a run that hasn't ended is a failure to follow it. */
  public static int ofRun(RunStatus status) {
    return switch (status) {
      case COMPLETED -> OK;
      case CANCELLED -> CANCELLED;
      case FAILED, DEAD, QUEUED, LEASED, RUNNING, CANCELLING -> FAILURE;
    };
  }
}
