package dev.minitower.model.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rule for passwords: 8 to 72 bytes of UTF-8, bcrypt's own upper limit. */
public final class Passwords {
  private static final int MIN_BYTES = 8;
  private static final int MAX_BYTES = 72;

  private Passwords() {}

  /** What is wrong with a new password, in words; empty when it may be used. */
  public static Optional<String> problem(@Nullable String password) {
    if (password == null) {
      return Optional.of("is required");
    }
    int bytes = password.getBytes(UTF_8).length;
    return bytes < MIN_BYTES || bytes > MAX_BYTES
        ? Optional.of("must be %d to %d bytes long".formatted(MIN_BYTES, MAX_BYTES))
        : Optional.empty();
  }
}
