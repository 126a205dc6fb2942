package dev.minitower.cli.output;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells on a terminal what is being waited for, in one line rewritten in place. It appears after
 * half a second and is gone when it is closed; elsewhere than on a terminal nothing happens.
 */
public final class WaitingLine implements AutoCloseable {
  private static final Duration SILENT = Duration.ofMillis(500);
  private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);

  private final Output output;
  private final Supplier<String> text;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final @Nullable Thread artist;

  private WaitingLine(Output output, Supplier<String> text) {
    this.output = output;
    this.text = text;
    this.artist = output.canRewrite() ? new Thread(this::draw, "status-line") : null;
  }

  /** Starts the half second; the text is asked for at each drawing, by a thread of its own. */
  public static WaitingLine open(Output output, Supplier<String> text) {
    var line = new WaitingLine(output, text);
    if (line.artist != null) {
      line.artist.setDaemon(true);
      line.artist.start();
    }
    return line;
  }

  private void draw() {
    try {
      Duration wait = SILENT;
      while (!closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        output.status(text.get());
        wait = BETWEEN_DRAWINGS;
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Wipes the line; nothing is drawn after that. */
  @Override
  public void close() {
    closed.countDown();
    if (artist != null) {
      try {
        artist.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      output.clearStatus();
    }
  }
}
