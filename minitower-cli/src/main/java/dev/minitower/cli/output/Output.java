package dev.minitower.cli.output;

import java.io.PrintStream;
import java.util.Map;

/** One of the two standard outputs. Escapes what it is given unless the method says otherwise. */
public final class Output {
  private final PrintStream stream;
  private final boolean terminal;
  private final boolean coloured;

  public Output(PrintStream stream, boolean terminal, Map<String, String> environment) {
    this.stream = stream;
    this.terminal = terminal;
    this.coloured = terminal && wantsColour(environment);
  }

  /** NO_COLOR counts when it is set to anything but nothing. */
  private static boolean wantsColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  public boolean isTerminal() {
    return terminal;
  }

  public boolean isColoured() {
    return coloured;
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
  void print(String text) {
    stream.print(text);
    stream.flush();
  }

  String paint(Colour colour, String text) {
    return coloured ? colour.around(text) : text;
  }

  /** Nobody reads any more, as when {@code head} has seen enough. */
  public boolean isClosed() {
    return stream.checkError();
  }
}
