package dev.minitower.server.runs;

import tools.jackson.databind.json.JsonMapper;

/**
 * What the table {@code run_text} is asked for: one team's rows that hold a text. The text is data,
 * quoted as a phrase, never the syntax of FTS5.
 */
final class RunTextMatch {
  /** The index knows where which three characters stand; less can't be looked up. */
  static final int SHORTEST = 3;

  private static final JsonMapper JSON = JsonMapper.shared();

  private RunTextMatch() {}

  /**
   * Inputs are stored as JSON, where some characters are written otherwise; both are looked for.
   */
  static String of(long teamId, String text) {
    String written = JSON.writeValueAsString(text);
    String asJson = written.substring(1, written.length() - 1);
    String phrases = asJson.equals(text) ? phrase(text) : phrase(text) + " OR " + phrase(asJson);
    return "{team} : " + phrase(teamTag(teamId)) + " AND {text} : (" + phrases + ")";
  }

  private static String phrase(String text) {
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
