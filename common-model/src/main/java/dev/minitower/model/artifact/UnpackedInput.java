package dev.minitower.model.artifact;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The tar as it comes out of the gzip, counted, hashed and held to the limits while it is inflated.
 * Several gzip members after each other count as one stream, as RFC 1952 has it; anything else
 * behind them is an error.
 */
final class UnpackedInput extends InputStream {
  /**
   * From here on the ratio is watched while inflating, against what was read so far: a bomb is
   * found out early, and a small archive may begin with its best compressible part.
   */
  private static final long RATIO_WATCHED_FROM = 32L * 1024 * 1024;

  private final PackedInput packed;
  private final ArtifactLimits limits;
  private final InputStream gzip;
  private final MessageDigest digest = Sha256.digest();
  private long count;
  private long trailingZeros;
  private long stopAt = Long.MAX_VALUE;

  UnpackedInput(PackedInput packed, ArtifactLimits limits) {
    this.packed = packed;
    this.limits = limits;
    try {
      gzip =
          GzipCompressorInputStream.builder()
              .setInputStream(packed)
              .setDecompressConcatenated(true)
              .get();
    } catch (IOException | IllegalArgumentException e) {
      throw InvalidArtifactException.archive("the archive is not gzip");
    }
  }

  long count() {
    return count;
  }

  /** How many bytes of zero the stream ended with so far. */
  long trailingZeros() {
    return trailingZeros;
  }

  /** Of all that was read; ends the counting. */
  String sha256() {
    return Sha256.hex(digest);
  }

  /** Lets so many more bytes through and no more, until told otherwise. */
  void allow(long bytes) {
    stopAt = count + bytes;
  }

  void allowAll() {
    stopAt = Long.MAX_VALUE;
  }

  /** For when the end was reached and the packed size is known. */
  void checkRatio() {
    if (count > limits.maxRatio() * packed.count()) {
      throw InvalidArtifactException.archive(
          "the archive unpacks to more than %d times its size".formatted(limits.maxRatio()));
    }
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    int n = inflate(buffer, offset, length);
    if (n > 0) {
      packed.sawOutput();
      digest.update(buffer, offset, n);
      count += n;
      countZeros(buffer, offset, n);
      checkLimits();
    }
    return n;
  }

  private int inflate(byte[] buffer, int offset, int length) {
    try {
      return gzip.read(buffer, offset, length);
    } catch (EOFException e) {
      throw InvalidArtifactException.archive("the archive's gzip stream is cut off");
    } catch (IOException | IllegalArgumentException e) {
      throw InvalidArtifactException.archive(
          "the archive's gzip stream is damaged, or something follows it");
    }
  }

  private void countZeros(byte[] buffer, int offset, int length) {
    int zeros = 0;
    while (zeros < length && buffer[offset + length - 1 - zeros] == 0) {
      zeros++;
    }
    trailingZeros = zeros == length ? trailingZeros + zeros : zeros;
  }

  private void checkLimits() {
    if (count > limits.maxUnpackedBytes()) {
      throw InvalidArtifactException.archive(
          "the archive unpacks to more than %d bytes".formatted(limits.maxUnpackedBytes()));
    }
    if (count > stopAt) {
      throw InvalidArtifactException.archive("the archive holds a header that is far too large");
    }
    if (count > RATIO_WATCHED_FROM) {
      checkRatio();
    }
  }

  /** Frees the inflater; the source stays open. */
  @Override
  public void close() throws IOException {
    gzip.close();
  }
}
