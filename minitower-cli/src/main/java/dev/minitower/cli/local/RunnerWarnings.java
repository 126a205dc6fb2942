package dev.minitower.cli.local;

import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the runner's code logs from WARNING on, while this is open; the rest is for operators. */
public final class RunnerWarnings extends Handler implements AutoCloseable {
  /** Held, because the log manager would forget it and its settings. */
  private static final Logger RUNNER = Logger.getLogger("dev.minitower.runner");

  private final Consumer<String> warnings;

  private RunnerWarnings(Consumer<String> warnings) {
    this.warnings = warnings;
    setFormatter(new SimpleFormatter());
    setLevel(Level.WARNING);
  }

  public static RunnerWarnings to(Consumer<String> warnings) {
    var handler = new RunnerWarnings(warnings);
    RUNNER.setUseParentHandlers(false);
    RUNNER.addHandler(handler);
    return handler;
  }

  @Override
  public void publish(LogRecord entry) {
    if (isLoggable(entry)) {
      warnings.accept(getFormatter().formatMessage(entry));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    RUNNER.removeHandler(this);
  }
}
