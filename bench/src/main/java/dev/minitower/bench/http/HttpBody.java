package dev.minitower.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of one answer, without its chunks; ends where the body does, not the connection. */
final class HttpBody extends InputStream {
  private final ByteSource source;
  private final boolean chunked;
  private final boolean untilClose;
  private final Bytes line = new Bytes(64);

  /** Of the body, or of the chunk. */
  private long left;

  private boolean ended;
  private boolean insideChunks;

  HttpBody(ByteSource source, AnswerHead head) {
    this.source = source;
    this.chunked = head.isChunked();
    this.untilClose = !chunked && head.contentLength() == AnswerHead.UNKNOWN;
    this.left = chunked ? 0 : untilClose ? Long.MAX_VALUE : head.contentLength();
    this.ended = left == 0 && !chunked;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (chunked && left == 0 && !ended) {
      beginChunk();
    }
    if (ended) {
      return -1;
    }
    int count = source.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      if (!untilClose) {
        throw new EOFException("the connection ended within a body");
      }
      ended = true;
      return -1;
    }
    left -= count;
    ended = left == 0 && !chunked;
    return count;
  }

  private void beginChunk() throws IOException {
    if (insideChunks) {
      source.readLine(line);
    }
    insideChunks = true;
    source.readLine(line);
    left = sizeIn(line.toString());
    if (left == 0) {
      ended = true;
      do {
        source.readLine(line);
      } while (line.length() > 0);
    }
  }

  private static long sizeIn(String text) throws IOException {
    int extension = text.indexOf(';');
    try {
      return Long.parseUnsignedLong(
          (extension < 0 ? text : text.substring(0, extension)).trim(), 16);
    } catch (NumberFormatException e) {
      throw new IOException("a chunk's size is no number: " + text, e);
    }
  }
}
