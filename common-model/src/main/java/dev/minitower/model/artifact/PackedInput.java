package dev.minitower.model.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;

/**
 * The bytes as they came, counted and hashed. A source that fails throws {@link
 * UncheckedIOException}, so that a broken connection is never mistaken for a broken archive.
 */
final class PackedInput extends InputStream {
  /** Headers of gzip may be as long as they like, and blocks of deflate may be empty. */
  private static final long MAX_WITHOUT_OUTPUT = 1024 * 1024;

  private final InputStream source;
  private final MessageDigest digest = Sha256.digest();
  private long count;
  private long withoutOutput;

  PackedInput(InputStream source) {
    this.source = source;
  }

  long count() {
    return count;
  }

  /** Of all that was read; ends the counting. */
  String sha256() {
    return Sha256.hex(digest);
  }

  /** What was read up to now has led to content. */
  void sawOutput() {
    withoutOutput = 0;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    int n = readSource(buffer, offset, length);
    if (n > 0) {
      digest.update(buffer, offset, n);
      count += n;
      withoutOutput += n;
      if (withoutOutput > MAX_WITHOUT_OUTPUT) {
        throw InvalidArtifactException.archive("the archive's gzip stream holds no content");
      }
    }
    return n;
  }

  private int readSource(byte[] buffer, int offset, int length) {
    try {
      return source.read(buffer, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
