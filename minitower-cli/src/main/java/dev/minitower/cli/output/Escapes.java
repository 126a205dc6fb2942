package dev.minitower.cli.output;

/**
 * Makes control characters visible, so that text from a server can't move the cursor, set the
 * window's title or hide a line, nor turn the order of a line's characters round. The spelling is
 * JSON's, so that escaped JSON stays JSON.
 */
final class Escapes {
  private Escapes() {}

  /** Escapes C0, DEL, C1 and what directs bidirectional text, except {@code kept}. */
  static String escape(String text, String kept) {
    int first = firstToEscape(text, kept);
    if (first < 0) {
      return text;
    }
    var escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char character = text.charAt(i);
      if (mustEscape(character, kept)) {
        escaped.append(spelling(character));
      } else {
        escaped.append(character);
      }
    }
    return escaped.toString();
  }

  private static int firstToEscape(String text, String kept) {
    for (int i = 0; i < text.length(); i++) {
      if (mustEscape(text.charAt(i), kept)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean mustEscape(char character, String kept) {
    return (Character.isISOControl(character) || directsText(character))
        && kept.indexOf(character) < 0;
  }

  /** Line separators, embeddings, overrides and isolates. */
  private static boolean directsText(char character) {
    return (character >= '\u2028' && character <= '\u202e')
        || (character >= '\u2066' && character <= '\u2069');
  }

  private static String spelling(char character) {
    return switch (character) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format("\\u%04x", (int) character);
    };
  }
}
