package dev.minitower.cli.platform;

import java.util.List;

/**
 * Ends the command with a sentence for the person at the terminal: what happened, where, and what
 * to do. Details are printed one a line below it.
 */
public class CliException extends RuntimeException {
  private final int exitCode;
  private final transient List<String> details;

  public CliException(String message) {
    this(message, ExitCodes.FAILURE, List.of());
  }

  public CliException(String message, int exitCode, List<String> details) {
    super(message);
    this.exitCode = exitCode;
    this.details = List.copyOf(details);
  }

  /** A value on the command line that can't be used. */
  public static CliException usage(String message) {
    return new CliException(message, ExitCodes.USAGE, List.of());
  }

  public int exitCode() {
    return exitCode;
  }

  public List<String> details() {
    return details;
  }

  /** The sentence itself; this exception is never made without one. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
