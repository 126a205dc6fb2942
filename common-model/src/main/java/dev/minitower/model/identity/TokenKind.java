package dev.minitower.model.identity;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tokens that MiniTower makes: a prefix that says what it is, and 256 random bits. */
public enum TokenKind {
  TEAM("mtk_"),
  RUNNER("mtr_"),
  LEASE("mtl_"),
  /** Not sent by anybody's program as its own identity: lets a new runner register. */
  REGISTRATION("mtg_");

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  private final String prefix;
  private final Pattern form;

  TokenKind(String prefix) {
    this.prefix = prefix;
    this.form = Pattern.compile(Pattern.quote(prefix) + "[A-Za-z0-9_-]{43}");
  }

  public String prefix() {
    return prefix;
  }

  /** A new token: the prefix and 43 base64url characters. */
  public String generate() {
    byte[] bits = new byte[BYTES];
    RANDOM.nextBytes(bits);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  public boolean matches(@Nullable String token) {
    return token != null && form.matcher(token).matches();
  }
}
