package dev.minitower.runner.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A SHA-256 of labelled parts, none of which can pass for another. */
public final class ContentKey {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final MessageDigest digest = newSha256();

  @CanIgnoreReturnValue
  public ContentKey add(String label, String value) {
    return add(label, value.getBytes(UTF_8));
  }

  @CanIgnoreReturnValue
  public ContentKey add(String label, byte[] value) {
    part(label.getBytes(UTF_8));
    part(value);
    return this;
  }

  /** A file, or that there is none. */
  @CanIgnoreReturnValue
  public ContentKey addFile(String label, Path file) throws IOException {
    return Files.isRegularFile(file)
        ? add(label, sha256(file))
        : add(label + " is missing", String.valueOf(Files.exists(file)));
  }

  /** All of a folder: names, contents, where links lead, what may be executed. */
  @CanIgnoreReturnValue
  public ContentKey addTree(String label, Path root) throws IOException {
    List<Path> paths;
    try (var walk = Files.walk(root)) {
      paths = walk.sorted().toList();
    }
    add(label, String.valueOf(paths.size()));
    for (Path path : paths) {
      String name = root.relativize(path).toString();
      if (Files.isSymbolicLink(path)) {
        add("link " + name, Files.readSymbolicLink(path).toString());
      } else if (Files.isDirectory(path)) {
        add("folder", name);
      } else {
        add(Files.isExecutable(path) ? "program " + name : "file " + name, sha256(path));
      }
    }
    return this;
  }

  /** Ends it; 64 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of a file alone, without a label: what {@code sha256sum} prints. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = newSha256();
    try (InputStream input = Files.newInputStream(file)) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void part(byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
