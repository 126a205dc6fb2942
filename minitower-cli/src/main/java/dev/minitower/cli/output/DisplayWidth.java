package dev.minitower.cli.output;

/**
 * How many columns a text takes on a terminal. Marks, joiners and what follows a joiner take none,
 * a variation selector makes a sign a picture of two columns, two regional indicators are one flag:
 * the rules of the wcwidth project's specification, which it found by measuring terminals.
 * Terminals that don't join emoji show them wider than this says.
 */
final class DisplayWidth {
  private static final int JOINER = 0x200d;
  private static final int PICTURE_SELECTOR = 0xfe0f;
  private static final String ELLIPSIS = "…";

  private DisplayWidth() {}

  static int of(String text) {
    int width = 0;
    for (int at = 0; at < text.length(); at = endOfCluster(text, at)) {
      width += ofCluster(text, at, endOfCluster(text, at));
    }
    return width;
  }

  /** The text, or as much of it as fits with an ellipsis behind it; no character is split. */
  static String shorten(String text, int columns) {
    if (text.length() * 2L <= columns || of(text) <= columns) {
      return text;
    }
    int used = 1;
    int end = 0;
    while (end < text.length()) {
      int next = endOfCluster(text, end);
      used += ofCluster(text, end, next);
      if (used > columns) {
        break;
      }
      end = next;
    }
    return text.substring(0, end).stripTrailing() + ELLIPSIS;
  }

  /** Where the character that a person sees at an index ends. */
  private static int endOfCluster(String text, int start) {
    int first = text.codePointAt(start);
    int at = start + Character.charCount(first);
    boolean flag = isRegionalIndicator(first);
    boolean joined = first == JOINER;
    while (at < text.length()) {
      int next = text.codePointAt(at);
      boolean secondOfFlag = flag && isRegionalIndicator(next);
      if (!(joined || secondOfFlag || takesNoColumn(next) || isSkinTone(next))) {
        return at;
      }
      flag = false;
      joined = next == JOINER;
      at += Character.charCount(next);
    }
    return at;
  }

  private static int ofCluster(String text, int start, int end) {
    int first = text.codePointAt(start);
    if (takesNoColumn(first)) {
      return 0;
    }
    int selector = text.indexOf(PICTURE_SELECTOR, start);
    boolean picture = selector >= 0 && selector < end;
    boolean flag = isRegionalIndicator(first) && end - start >= 4;
    return picture || flag || WideCharacters.contains(first) ? 2 : 1;
  }

  private static boolean takesNoColumn(int codePoint) {
    if (codePoint < 0x300) {
      return false;
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> true;
      default -> isJoinedJamo(codePoint);
    };
  }

  /** Vowels and finals of Hangul, which join the consonant before them. */
  private static boolean isJoinedJamo(int codePoint) {
    return (codePoint >= 0x1160 && codePoint <= 0x11ff)
        || (codePoint >= 0xd7b0 && codePoint <= 0xd7ff);
  }

  private static boolean isRegionalIndicator(int codePoint) {
    return codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff;
  }

  private static boolean isSkinTone(int codePoint) {
    return codePoint >= 0x1f3fb && codePoint <= 0x1f3ff;
  }
}
