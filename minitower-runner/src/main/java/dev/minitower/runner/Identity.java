package dev.minitower.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.runner.loop.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Tells this runner from another of the same name: 128 random bits, made once and kept in the data
 * folder.
 */
final class Identity {
  private static final int BYTES = 16;
  private static final int BYTES_OF_START = 4;

  private Identity() {}

  static String readOrMake(Path file) throws IOException {
    if (Files.exists(file)) {
      String known = Files.readString(file).strip();
      if (known.matches("[0-9a-f]{32}")) {
        return known;
      }
    }
    String made = random(BYTES);
    PrivateFiles.replace(file, (made + "\n").getBytes(UTF_8));
    return made;
  }

  /** Tells one start of a runner from the next. */
  static String ofThisStart() {
    return random(BYTES_OF_START);
  }

  private static String random(int bytes) {
    byte[] bits = new byte[bytes];
    new SecureRandom().nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }
}
