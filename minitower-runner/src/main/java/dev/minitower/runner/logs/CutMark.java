package dev.minitower.runner.logs;

import java.util.Locale;

/** The line that stands where output is missing. */
final class CutMark {
  private CutMark() {}

  static String of(Counts missing) {
    return String.format(
        Locale.ROOT,
        "[minitower] %,d %s (%s) were cut here: %s",
        missing.lines(),
        missing.lines() == 1 ? "line" : "lines",
        size(missing.bytes()),
        missing.unwritten() > 0
            ? "the runner's disk was full or failed; free some space on it"
            : "they came faster than they could be sent; print less, or raise"
                + " MINITOWER_LOG_SPOOL_MAX_SIZE on the runner");
  }

  private static String size(long bytes) {
    if (bytes < 1_000_000) {
      return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
    }
    return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }
}
