package dev.minitower.cli.output;

/**
 * Makes control characters visible, so that text from a server can't move the cursor, set the
 * window's title or hide a line. The spelling is JSON's, so that escaped JSON stays JSON.
 */
final class Escapes {
  private Escapes() {}

  /** Escapes C0, DEL and C1, except the characters in {@code kept}. */
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
    return Character.isISOControl(character) && kept.indexOf(character) < 0;
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
