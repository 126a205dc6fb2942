package dev.minitower.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times, durations and sizes in the words of a person. */
public final class HumanText {
  private static final int JUST_NOW_SECONDS = 5;
  private static final int DATE_AFTER_DAYS = 30;

  private HumanText() {}

  /** How long ago an RFC 3339 time was; a value that isn't one stays as it is. */
  public static String ago(String timestamp, Instant now) {
    if (timestamp.isEmpty()) {
      return "";
    }
    try {
      return ago(Instant.parse(timestamp), now);
    } catch (DateTimeParseException notATime) {
      return timestamp;
    }
  }

  static String ago(Instant time, Instant now) {
    Duration past = Duration.between(time, now);
    if (past.abs().toSeconds() < JUST_NOW_SECONDS) {
      return "just now";
    }
    if (past.abs().toDays() > DATE_AFTER_DAYS) {
      return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
    String amount = coarse(past.abs());
    return past.isNegative() ? "in " + amount : amount + " ago";
  }

  /** From one RFC 3339 time to another; empty when either isn't there. */
  public static String between(String from, String to) {
    try {
      return precise(Duration.between(Instant.parse(from), Instant.parse(to)));
    } catch (DateTimeParseException notTimes) {
      return "";
    }
  }

  private static String coarse(Duration duration) {
    if (duration.toMinutes() < 1) {
      return duration.toSeconds() + " s";
    }
    if (duration.toHours() < 1) {
      return duration.toMinutes() + " min";
    }
    if (duration.toDays() < 1) {
      return duration.toHours() + " h";
    }
    return duration.toDays() == 1 ? "1 day" : duration.toDays() + " days";
  }

  private static String precise(Duration duration) {
    if (duration.toMinutes() < 1) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (duration.toHours() < 1) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }

  /** A size in bytes with three figures at most. */
  public static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    String[] units = {"kB", "MB", "GB", "TB"};
    double value = bytes / 1000.0;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }
}
