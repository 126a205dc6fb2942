package dev.minitower.cli.output;

import java.io.PrintStream;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * One of the two standard outputs. Escapes what it is given unless the method says otherwise. A
 * status line may stand below what is printed; each print wipes it first.
 */
public final class Output {
  private static final String WIPE = "\r\u001b[K";
  private static final int NARROWEST = 20;

  private final PrintStream stream;
  private final boolean terminal;
  private final Map<String, String> environment;
  private final Supplier<ColourMode> mode;
  private final IntSupplier terminalColumns;
  private boolean statusShown;

  /**
   * Makes an output.
   *
   * @param mode asked at each print, because the options are read after the outputs are made
   * @param terminalColumns asked only for a terminal, and only when COLUMNS says nothing
   */
  public Output(
      PrintStream stream,
      boolean terminal,
      Map<String, String> environment,
      Supplier<ColourMode> mode,
      IntSupplier terminalColumns) {
    this.stream = stream;
    this.terminal = terminal;
    this.environment = environment;
    this.mode = mode;
    this.terminalColumns = terminalColumns;
  }

  public boolean isTerminal() {
    return terminal;
  }

  /** A terminal whose cursor can be moved. */
  boolean canRewrite() {
    return terminal && !"dumb".equals(environment.get("TERM"));
  }

  /** NO_COLOR counts when it is set to anything but nothing; {@code --color} beats it. */
  public boolean isColoured() {
    return switch (mode.get()) {
      case always -> true;
      case never -> false;
      case auto -> canRewrite() && environment.getOrDefault("NO_COLOR", "").isEmpty();
    };
  }

  /** The width to keep to; no limit in a pipe. COLUMNS beats what the terminal says. */
  int columns() {
    if (!terminal) {
      return Integer.MAX_VALUE;
    }
    String told = environment.getOrDefault("COLUMNS", "");
    int columns =
        told.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(told) : terminalColumns.getAsInt();
    return Math.max(columns, NARROWEST);
  }

  /** One line of our own words and the server's. */
  public void line(String text) {
    print(Escapes.escape(text, "") + "\n");
  }

  /** As {@link #line}, the whole of it in a colour. */
  public void line(Colour colour, String text) {
    print(paint(colour, Escapes.escape(text, "")) + "\n");
  }

  /** The server's JSON: byte for byte in a pipe, with the same meaning on a terminal. */
  public void json(String json) {
    print((terminal ? Escapes.escape(json, "\n\t") : json).stripTrailing() + "\n");
  }

  /** What a workload wrote: byte for byte in a pipe, harmless on a terminal. */
  public void logLine(String line) {
    print((terminal ? Escapes.escape(line, "\t") : line) + "\n");
  }

  /** A text of our own of several lines, as it is. */
  public void text(String text) {
    print(text.endsWith("\n") ? text : text + "\n");
  }

  /** Text whose control characters are meant: already escaped by the caller. */
  synchronized void print(String text) {
    clearStatus();
    stream.print(text);
    stream.flush();
  }

  /** Writes the status line, cut to the terminal's width: a line that wraps can't be wiped. */
  synchronized void status(String text) {
    statusShown = true;
    stream.print(WIPE + DisplayWidth.shorten(Escapes.escape(text, ""), columns() - 1));
    stream.flush();
  }

  synchronized void clearStatus() {
    if (statusShown) {
      statusShown = false;
      stream.print(WIPE);
      stream.flush();
    }
  }

  String paint(Colour colour, String text) {
    return isColoured() ? colour.around(text) : text;
  }

  /** Nobody reads any more, as when {@code head} has seen enough. */
  public boolean isClosed() {
    return stream.checkError();
  }
}
