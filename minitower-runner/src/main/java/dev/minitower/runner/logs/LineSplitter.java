package dev.minitower.runner.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into lines. A line ends with {@code \n} or {@code \r\n}; a lone {@code \r}
 * stays in its line, as a progress bar writes it. What is not UTF-8 is replaced by U+FFFD. A line
 * of more than {@value #MAX_BYTES} bytes is cut between characters into several. Not safe for use
 * by several threads.
 */
public final class LineSplitter {
  static final int MAX_BYTES = 8 * 1024;

  private final Consumer<String> lines;
  private final byte[] buffer = new byte[MAX_BYTES];
  private int length;
  private boolean carriageReturn;

  public LineSplitter(Consumer<String> lines) {
    this.lines = lines;
  }

  public void accept(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      accept(bytes[i]);
    }
  }

  /** What was taken of a line that has not ended; a new splitter that takes it goes on alike. */
  byte[] partialLine() {
    byte[] partial = Arrays.copyOf(buffer, carriageReturn ? length + 1 : length);
    if (carriageReturn) {
      partial[length] = '\r';
    }
    return partial;
  }

  /** Hands on a last line that has no line end. */
  public void end() {
    if (carriageReturn) {
      append((byte) '\r');
      carriageReturn = false;
    }
    if (length > 0) {
      emit(length);
    }
  }

  private void accept(byte b) {
    if (b == '\n') {
      carriageReturn = false;
      emit(length);
      return;
    }
    if (carriageReturn) {
      append((byte) '\r');
    }
    carriageReturn = b == '\r';
    if (!carriageReturn) {
      append(b);
    }
  }

  private void append(byte b) {
    if (length == MAX_BYTES) {
      emit(endOfLastWholeCharacter());
    }
    buffer[length++] = b;
  }

  /** Where to cut a full buffer so that no character is torn; its length if the end is no UTF-8. */
  private int endOfLastWholeCharacter() {
    for (int back = 1; back <= 3; back++) {
      int b = buffer[length - back] & 0xFF;
      if (b >= 0xC0) {
        int needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
        return needed > back ? length - back : length;
      }
      if (b < 0x80) {
        return length;
      }
    }
    return length;
  }

  /** A replaced byte takes three, so that the text can be longer than the bytes it came from. */
  private void emit(int end) {
    String text = new String(buffer, 0, end, UTF_8);
    System.arraycopy(buffer, end, buffer, 0, length - end);
    length -= end;
    int from = 0;
    for (int to = fitting(text, from); to < text.length(); to = fitting(text, from)) {
      lines.accept(text.substring(from, to));
      from = to;
    }
    lines.accept(text.substring(from));
  }

  private static int fitting(String text, int from) {
    if (text.length() - from <= MAX_BYTES / 3) {
      return text.length();
    }
    int bytes = 0;
    int to = from;
    while (to < text.length()) {
      int codePoint = text.codePointAt(to);
      bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      if (bytes > MAX_BYTES) {
        return to;
      }
      to += Character.charCount(codePoint);
    }
    return to;
  }
}
