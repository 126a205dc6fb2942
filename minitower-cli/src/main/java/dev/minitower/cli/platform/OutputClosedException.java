package dev.minitower.cli.platform;

import java.util.List;

/** Nobody reads the output any more; there is nobody to tell either. */
public final class OutputClosedException extends CliException {
  /** What a shell reports of a program that SIGPIPE ended. */
  private static final int EXIT_CODE = 141;

  public OutputClosedException() {
    super("the output was closed", EXIT_CODE, List.of());
  }
}
