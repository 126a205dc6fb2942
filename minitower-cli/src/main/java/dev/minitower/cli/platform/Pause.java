package dev.minitower.cli.platform;

import java.time.Duration;

/** Waits between two tries. */
@FunctionalInterface
public interface Pause {
  void await(Duration duration);

  /** Sleeps; an interrupt ends the command. */
  static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CliException("interrupted");
    }
  }
}
