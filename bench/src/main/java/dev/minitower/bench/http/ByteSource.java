package dev.minitower.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A stream behind a buffer, read by lines and by lengths. */
final class ByteSource {
  private static final int LONGEST_LINE = 16 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[16 * 1024];
  private int at;
  private int end;

  ByteSource(InputStream in) {
    this.in = in;
  }

  /** One line without its end, in place of what the target held. */
  void readLine(Bytes line) throws IOException {
    line.clear();
    for (int next = readByte(); next != '\n'; next = readByte()) {
      if (line.length() == LONGEST_LINE) {
        throw new IOException("a head's line is longer than " + LONGEST_LINE + " bytes");
      }
      if (next != '\r') {
        line.add((byte) next);
      }
    }
  }

  private int readByte() throws IOException {
    if (at == end && !fill()) {
      throw new EOFException("the connection ended within an answer");
    }
    return buffer[at++];
  }

  /** At most so many bytes, at least one; -1 at the end. */
  int read(byte[] target, int offset, int length) throws IOException {
    if (at == end) {
      if (length >= buffer.length) {
        return in.read(target, offset, length);
      }
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, end - at);
    System.arraycopy(buffer, at, target, offset, count);
    at += count;
    return count;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }
}
