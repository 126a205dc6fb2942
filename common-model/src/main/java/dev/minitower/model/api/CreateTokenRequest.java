package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A further token of the caller's team; {@code role} is {@code admin} or {@code member}. */
public record CreateTokenRequest(
    @Nullable String name,
    @Nullable Role role,
    @JsonProperty("expires_in_seconds") @Nullable Long expiresInSeconds)
    implements Checked {
  /** Ten years: long enough for a machine, short enough that no sum of times overflows. */
  private static final long MAX_EXPIRY_SECONDS = 10L * 366 * 86_400;

  @Override
  public List<FieldError> problems() {
    return new Checks()
        .optionalName("name", name)
        .range("expires_in_seconds", expiresInSeconds, 1, MAX_EXPIRY_SECONDS)
        .problems();
  }
}
