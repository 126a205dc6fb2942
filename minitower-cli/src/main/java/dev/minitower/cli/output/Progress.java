package dev.minitower.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * One line that tells how far an upload is, rewritten in place. It appears only on a terminal and
 * only when the upload takes more than half a second.
 */
public final class Progress implements AutoCloseable {
  private static final Duration SILENT = Duration.ofMillis(500);
  private static final Duration BETWEEN_LINES = Duration.ofMillis(100);

  private final Output output;
  private final InstantSource clock;
  private final String what;
  private Instant nextLine;
  private boolean shown;

  public Progress(Output output, InstantSource clock, String what) {
    this.output = output;
    this.clock = clock;
    this.what = what;
    this.nextLine = clock.instant().plus(SILENT);
  }

  /** Says that so many of all bytes are sent. */
  public void update(long sent, long total) {
    Instant now = clock.instant();
    if (!output.isTerminal() || now.isBefore(nextLine)) {
      return;
    }
    nextLine = now.plus(BETWEEN_LINES);
    shown = true;
    long percent = total == 0 ? 100 : 100 * sent / total;
    String text = what + " " + HumanText.size(sent) + " of " + HumanText.size(total);
    output.print("\r\u001b[K" + Escapes.escape(text, "") + " (" + percent + " %)");
  }

  /** Wipes the line. */
  @Override
  public void close() {
    if (shown) {
      output.print("\r\u001b[K");
    }
  }
}
