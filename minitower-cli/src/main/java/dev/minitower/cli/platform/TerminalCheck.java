package dev.minitower.cli.platform;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tells a terminal from a file or a pipe, for each of the three standard streams. */
final class TerminalCheck {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private TerminalCheck() {}

  /** By what the descriptor points to; where that can't be seen, by what the JDK says of all. */
  static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(DESCRIPTORS.resolve("" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException noProcfs) {
      return console().isPresent();
    }
  }

  /** The terminal of input and output, if both are one. */
  static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(TerminalCheck::isInteractive);
  }

  /** From JDK 22 on there is a console even in a pipe, with a method that tells. */
  private static boolean isInteractive(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException beforeJdk22) {
      return true;
    }
  }
}
