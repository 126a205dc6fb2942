package dev.minitower.cli.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A file that a server has sent.
 *
 * @param declaredSha256 what the server says it is; empty if it says nothing
 * @param sha256 of what has arrived
 */
public record Download(String declaredSha256, String sha256, long bytes) {
  private static final int CHUNK = 64 * 1024;

  static Download read(HttpURLConnection http, OutputStream target, UploadListener listener)
      throws IOException {
    MessageDigest digest = newDigest();
    long total = http.getContentLengthLong();
    long count = 0;
    try (InputStream body = http.getInputStream()) {
      byte[] chunk = new byte[CHUNK];
      for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
        digest.update(chunk, 0, n);
        write(target, chunk, n);
        count += n;
        listener.sent(count, Math.max(total, count));
      }
    }
    if (total >= 0 && count != total) {
      // The JDK takes a connection that is cut for the end.
      throw new EOFException("only " + count + " of " + total + " bytes arrived");
    }
    String declared = Objects.requireNonNullElse(http.getHeaderField("X-Artifact-SHA256"), "");
    return new Download(declared, HexFormat.of().formatHex(digest.digest()), count);
  }

  /** Kept apart from a connection that breaks. */
  private static void write(OutputStream target, byte[] chunk, int count) {
    try {
      target.write(chunk, 0, count);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
