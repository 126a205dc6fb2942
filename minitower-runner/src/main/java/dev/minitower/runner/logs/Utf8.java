package dev.minitower.runner.logs;

/** Sizes of text as it is sent. */
final class Utf8 {
  private Utf8() {}

  /** How many bytes the text takes. */
  static int length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inPair = Character.isSurrogate(c);
      bytes += c < 0x80 ? 1 : c < 0x800 || inPair ? 2 : 3;
    }
    return bytes;
  }
}
