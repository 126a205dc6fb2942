package dev.minitower.cli.command;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people type them: a number of seconds, or one like 15m, 12h or 90d. */
final class Periods {
  private static final Pattern PERIOD = Pattern.compile("([1-9][0-9]{0,8})([smhd]?)");

  private Periods() {}

  /** Empty for what isn't one. */
  static OptionalLong seconds(String period) {
    Matcher matcher = PERIOD.matcher(period);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long unit =
        switch (matcher.group(2)) {
          case "m" -> 60;
          case "h" -> 3_600;
          case "d" -> 86_400;
          default -> 1;
        };
    return OptionalLong.of(Long.parseLong(matcher.group(1)) * unit);
  }
}
