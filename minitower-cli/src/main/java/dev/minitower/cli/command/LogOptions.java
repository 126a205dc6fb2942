package dev.minitower.cli.command;

import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Which lines of a run are wanted. */
final class LogOptions {
  private static final int MOST_KEPT = 100_000;

  @Option(
      names = "--since",
      paramLabel = "PERIOD|TIME",
      description = "Only lines written since: 90s, 15m, 2h, 1d, or 2026-02-08T12:00:00Z.")
  @Nullable String since;

  @Option(
      names = "--grep",
      paramLabel = "REGEX",
      description = "Only lines in which the regular expression is found.")
  @Nullable String grep;

  @Option(
      names = "--stream",
      paramLabel = "STREAM",
      description = "Only lines written to stdout, or only those to stderr.")
  @Nullable String stream;

  @Option(names = "--attempt", paramLabel = "N", description = "Only lines of this attempt.")
  @Nullable Integer attempt;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "N",
      description = "Of those that are there, only the last so many, 100000 at most.")
  @Nullable Integer tail;

  boolean isEmpty() {
    return since == null && grep == null && stream == null && tail == null;
  }

  /** True for the lines that are wanted, but for {@link #tail}. */
  Predicate<JsonNode> filter(Instant now) {
    Predicate<JsonNode> filter = entry -> true;
    if (since != null) {
      filter = filter.and(writtenFrom(start(since, now)));
    }
    if (grep != null) {
      Predicate<String> found = pattern(grep).asPredicate();
      filter = filter.and(entry -> found.test(Json.text(entry, "line")));
    }
    if (stream != null) {
      String wanted = checkedStream(stream);
      filter = filter.and(entry -> Json.text(entry, "stream").equals(wanted));
    }
    if (attempt != null) {
      int wanted = attempt;
      filter = filter.and(entry -> entry.path("attempt_no").asInt(1) == wanted);
    }
    return filter;
  }

  /** How many lines {@link #tail} keeps. */
  int kept() {
    int wanted = tail == null ? MOST_KEPT : tail;
    if (wanted < 0 || wanted > MOST_KEPT) {
      throw CliException.usage("--tail must be from 0 to " + MOST_KEPT + ", not " + wanted);
    }
    return wanted;
  }

  /** A line whose time can't be read is shown rather than lost. */
  private static Predicate<JsonNode> writtenFrom(Instant start) {
    return entry -> {
      try {
        return !Instant.parse(Json.text(entry, "logged_at")).isBefore(start);
      } catch (DateTimeParseException notATime) {
        return true;
      }
    };
  }

  private static Instant start(String since, Instant now) {
    OptionalLong seconds = Periods.seconds(since);
    if (seconds.isPresent()) {
      return now.minusSeconds(seconds.getAsLong());
    }
    try {
      return OffsetDateTime.parse(since).toInstant();
    } catch (DateTimeParseException neither) {
      throw CliException.usage(
          "--since must be a period like 90s, 15m, 2h or 1d, or a time like 2026-02-08T12:00:00Z,"
              + " not '"
              + since
              + "'");
    }
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException malformed) {
      throw CliException.usage(
          "--grep isn't a regular expression: "
              + malformed.getDescription()
              + " at index "
              + malformed.getIndex());
    }
  }

  private static String checkedStream(String stream) {
    if (!stream.equals("stdout") && !stream.equals("stderr")) {
      throw CliException.usage("--stream must be stdout or stderr, not '" + stream + "'");
    }
    return stream;
  }
}
