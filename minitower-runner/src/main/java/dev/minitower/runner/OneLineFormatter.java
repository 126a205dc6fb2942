package dev.minitower.runner;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * {@code 2026-02-08T12:34:56.789Z INFO attempt started run=42 attempt=1}; a stack trace follows its
 * line.
 */
final class OneLineFormatter extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Makes all logging of this program look like this, on the standard error. */
  static void install() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    var handler = new ConsoleHandler();
    handler.setFormatter(new OneLineFormatter());
    root.addHandler(handler);
    root.setLevel(Level.INFO);
  }

  @Override
  public String format(LogRecord record) {
    String message = formatMessage(record).replaceAll("[\\r\\n]+", " | ");
    String line = TIME.format(record.getInstant()) + " " + record.getLevel() + " " + message + "\n";
    Throwable thrown = record.getThrown();
    if (thrown == null) {
      return line;
    }
    var trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return line + trace;
  }
}
