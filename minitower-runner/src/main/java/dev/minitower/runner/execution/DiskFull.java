package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.minitower.model.api.LogStream;
import dev.minitower.model.lifecycle.EndReason;
import java.io.IOException;
import java.util.List;

/** Tells a full disk, which is this machine's fault, from all that programs do wrong. */
public final class DiskFull {
  /** What the C library says for ENOSPC and EDQUOT; neither JDK nor pip tell it in another way. */
  private static final List<String> WORDS =
      List.of("No space left on device", "Disk quota exceeded");

  private DiskFull() {}

  /** The reason for handing a run back after this error. */
  public static EndReason reasonFor(IOException e) {
    return isSaidIn(String.valueOf(e.getMessage())) ? EndReason.DISK_FULL : EndReason.RUNNER_ERROR;
  }

  private static boolean isSaidIn(String text) {
    return WORDS.stream().anyMatch(text::contains);
  }

  /** Passes output on and notices when a program complains in it. */
  static final class Listener implements OutputSink {
    private final OutputSink next;
    private volatile boolean heard;

    Listener(OutputSink next) {
      this.next = next;
    }

    @Override
    public void write(LogStream stream, byte[] bytes, int count) {
      // Both streams write at once: neither may take back what the other has heard.
      if (isSaidIn(new String(bytes, 0, count, ISO_8859_1))) {
        heard = true;
      }
      next.write(stream, bytes, count);
    }

    boolean heard() {
      return heard;
    }
  }
}
