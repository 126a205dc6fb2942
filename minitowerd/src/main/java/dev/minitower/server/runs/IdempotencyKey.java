package dev.minitower.server.runs;

import dev.minitower.model.identity.TokenHash;
import dev.minitower.server.platform.web.ApiException;
import java.util.regex.Pattern;

/**
 * A client's key for a request, and the hash of that request: the same key must come with the same
 * one.
 */
record IdempotencyKey(String key, String requestHash) {
  private static final Pattern FORM = Pattern.compile("[\\x20-\\x7e]{1,255}");

  /**
   * @param request everything that makes two requests the same
   */
  static IdempotencyKey of(String key, String request) {
    if (!FORM.matcher(key).matches()) {
      throw ApiException.invalid("Idempotency-Key must be 1 to 255 printable ASCII characters");
    }
    return new IdempotencyKey(key, TokenHash.of(request).hex());
  }
}
