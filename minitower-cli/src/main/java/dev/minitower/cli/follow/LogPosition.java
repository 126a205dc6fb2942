package dev.minitower.cli.follow;

import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/** How far a run's log has been read: the last line's attempt and its number in that attempt. */
public record LogPosition(int attemptNo, long seq) implements Comparable<LogPosition> {
  public static final LogPosition START = new LogPosition(0, 0);

  private static final Comparator<LogPosition> ORDER =
      Comparator.comparingInt(LogPosition::attemptNo).thenComparingLong(LogPosition::seq);

  /** An entry without an attempt's number comes from a server that keeps one log for each run. */
  public static LogPosition of(JsonNode entry) {
    return new LogPosition(entry.path("attempt_no").asInt(1), entry.path("seq").asLong(0));
  }

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
