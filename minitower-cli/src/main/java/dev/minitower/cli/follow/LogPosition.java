package dev.minitower.cli.follow;

import java.util.Comparator;

/** How far a run's log has been read: the last line's attempt and its number in that attempt. */
record LogPosition(int attemptNo, long seq) implements Comparable<LogPosition> {
  static final LogPosition START = new LogPosition(0, 0);

  private static final Comparator<LogPosition> ORDER =
      Comparator.comparingInt(LogPosition::attemptNo).thenComparingLong(LogPosition::seq);

  @Override
  public int compareTo(LogPosition other) {
    return ORDER.compare(this, other);
  }

  /** The last number read of an attempt; 0 for one of which nothing was read. */
  long seqIn(int attempt) {
    return attempt == attemptNo ? seq : 0;
  }

  /** The contract's id of a log event. */
  String eventId() {
    return attemptNo + "." + seq;
  }
}
