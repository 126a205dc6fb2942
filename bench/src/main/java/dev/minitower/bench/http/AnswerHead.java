package dev.minitower.bench.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Status and those headers that say where the body ends. Used again for the next answer. */
final class AnswerHead {
  /** A body of a length that is not known. */
  static final long UNKNOWN = -1;

  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int STATUS_END = STATUS_AT + 3;

  private final Bytes line = new Bytes(256);
  private int status;
  private long contentLength;
  private boolean chunked;
  private boolean closing;

  /** Skips interim answers. */
  void read(ByteSource source) throws IOException {
    do {
      source.readLine(line);
      status = readStatus();
      contentLength = UNKNOWN;
      chunked = false;
      for (source.readLine(line); line.length() > 0; source.readLine(line)) {
        readHeader();
      }
    } while (status / 100 == 1);
    if (status == 204 || status == 304) {
      contentLength = 0;
      chunked = false;
    }
    closing |= !chunked && contentLength == UNKNOWN;
  }

  /** Of a line like {@code HTTP/1.1 200 OK}. */
  private int readStatus() throws IOException {
    byte[] text = line.array();
    boolean ended = line.length() == STATUS_END || text[STATUS_END] == ' ';
    if (line.length() < STATUS_END || !isNamed("http/1.") || text[STATUS_AT - 1] != ' ' || !ended) {
      throw new IOException("no answer of HTTP/1: " + line);
    }
    closing = text[STATUS_AT - 2] == '0';
    return 100 * digit(text[STATUS_AT])
        + 10 * digit(text[STATUS_AT + 1])
        + digit(text[STATUS_AT + 2]);
  }

  private int digit(byte character) throws IOException {
    if (character < '0' || character > '9') {
      throw new IOException("no status of HTTP/1: " + line);
    }
    return character - '0';
  }

  private void readHeader() throws IOException {
    if (isNamed("content-length:")) {
      contentLength = lengthIn(value("content-length:"));
    } else if (isNamed("transfer-encoding:")) {
      chunked = value("transfer-encoding:").equalsIgnoreCase("chunked");
    } else if (isNamed("connection:")) {
      closing = value("connection:").equalsIgnoreCase("close");
    }
  }

  private static long lengthIn(String value) throws IOException {
    try {
      return Long.parseUnsignedLong(value);
    } catch (NumberFormatException e) {
      throw new IOException("Content-Length is no number: " + value, e);
    }
  }

  private boolean isNamed(String nameAndColon) {
    int count = nameAndColon.length();
    if (line.length() < count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      byte has = line.array()[i];
      if ((has >= 'A' && has <= 'Z' ? has + 32 : has) != nameAndColon.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String value(String nameAndColon) {
    int from = nameAndColon.length();
    return new String(line.array(), from, line.length() - from, StandardCharsets.ISO_8859_1).trim();
  }

  int statusCode() {
    return status;
  }

  /** Or {@link #UNKNOWN}. */
  long contentLength() {
    return contentLength;
  }

  boolean isChunked() {
    return chunked;
  }

  /** The connection is of no use after this answer. */
  boolean isClosing() {
    return closing;
  }
}
