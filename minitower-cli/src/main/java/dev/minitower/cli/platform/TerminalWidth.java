package dev.minitower.cli.platform;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * How many columns the terminal behind a descriptor has, by {@code stty}: the JDK can't tell. Asked
 * at first use only, because it costs a process.
 */
final class TerminalWidth implements IntSupplier {
  /** What a terminal had that can't say more. */
  static final int UNKNOWN = 80;

  private static final int PATIENCE_MILLIS = 500;

  private final int descriptor;
  private int columns;

  TerminalWidth(int descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public synchronized int getAsInt() {
    if (columns == 0) {
      columns = ask();
    }
    return columns;
  }

  /** {@code stty} asks the terminal that is its input, and prints rows and columns. */
  private int ask() {
    try {
      var terminal = new File("/proc/self/fd/" + descriptor).getCanonicalFile();
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(terminal.canRead() ? terminal : new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return UNKNOWN;
      }
      return columns(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException noStty) {
      return UNKNOWN;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }

  /** A terminal that nobody has told its size says 0. */
  static int columns(String size) {
    String[] parts = size.strip().split(" ");
    boolean readable = parts.length == 2 && parts[1].matches("[1-9][0-9]{0,4}");
    return readable ? Integer.parseInt(parts[1]) : UNKNOWN;
  }
}
