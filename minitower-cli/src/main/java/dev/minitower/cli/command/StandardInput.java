package dev.minitower.cli.command;

import dev.minitower.cli.platform.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads what was piped in. */
final class StandardInput {
  private StandardInput() {}

  static String all(InputStream in, String what) {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new CliException("can't read " + what + " from standard input: " + failed.getMessage());
    }
  }

  /** The first line without its end: a secret that {@code echo} or a file gave. */
  static String firstLine(InputStream in, String what) {
    String line = all(in, what).lines().findFirst().orElse("");
    if (line.isEmpty()) {
      throw CliException.usage("standard input is empty; pipe " + what + " in");
    }
    return line;
  }
}
