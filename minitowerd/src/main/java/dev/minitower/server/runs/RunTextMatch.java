package dev.minitower.server.runs;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A text to find in what {@code run_text} knows of: the index tells which rows have all of its
 * trigrams, a look at such a row whether it holds the text. The text is data, quoted piece by
 * piece, never the syntax of FTS5.
 */
final class RunTextMatch {
  /** The index knows three characters in a row; less can't be looked up. */
  static final int SHORTEST = 3;

  /** Rows that hold all of these without the text are few, and each more costs time. */
  private static final int MAX_TRIGRAMS = 40;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final String expression;
  private final List<String> lowered;

  /**
   * Inputs are stored as JSON, where some characters are written otherwise; both are looked for.
   */
  RunTextMatch(long teamId, String text) {
    String written = JSON.writeValueAsString(text);
    String asJson = written.substring(1, written.length() - 1);
    List<String> texts = Stream.of(text, asJson).distinct().toList();
    expression =
        quoted(teamTag(teamId))
            + texts.stream()
                .map(RunTextMatch::all)
                .collect(Collectors.joining(" OR ", " AND (", ")"));
    lowered = texts.stream().map(one -> one.toLowerCase(Locale.ROOT)).toList();
  }

  /** For FTS5: the team's rows that may hold the text. */
  String expression() {
    return expression;
  }

  /** Whether it does, in either case. */
  boolean isIn(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lowered.stream().anyMatch(lower::contains);
  }

  private static String all(String text) {
    int[] characters = text.codePoints().toArray();
    List<String> trigrams =
        IntStream.rangeClosed(0, characters.length - SHORTEST)
            .mapToObj(at -> new String(characters, at, SHORTEST))
            .distinct()
            .toList();
    int count = Math.min(trigrams.size(), MAX_TRIGRAMS);
    return IntStream.range(0, count)
        .mapToObj(i -> quoted(trigrams.get((int) ((long) i * trigrams.size() / count))))
        .collect(Collectors.joining(" AND ", "(", ")"));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  /** As the triggers write it: three characters of the private use area, twelve bits each. */
  private static String teamTag(long teamId) {
    return "" + tag(teamId >> 24) + tag(teamId >> 12) + tag(teamId);
  }

  private static char tag(long bits) {
    return (char) (0xE000 + (bits & 0xFFF));
  }
}
