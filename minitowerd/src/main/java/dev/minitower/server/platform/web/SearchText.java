package dev.minitower.server.platform.web;

/** A text to search for: plain text, whatever it looks like. */
public final class SearchText {
  private static final int MAX = 200;

  private SearchText() {}

  /** Without the spaces around it; 400 if that leaves nothing. */
  public static String of(String q) {
    return exactly(q.strip());
  }

  /** As it is; 400 if it is empty or too long. */
  public static String exactly(String q) {
    // SQLite ends some texts at a NUL: it would search for less than was asked.
    if (q.isEmpty() || q.codePointCount(0, q.length()) > MAX || q.indexOf('\0') >= 0) {
      throw ApiException.invalidField(
          "q", "must be 1 to %d characters, none of them NUL".formatted(MAX));
    }
    return q;
  }
}
