package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** Every refusal there is: the code on the wire and its HTTP status. */
public enum ErrorCode {
  INVALID_REQUEST(400),
  INVALID_SLUG(400),
  NO_VERSION(400),
  TOWERFILE_MISSING(400),
  TOWERFILE_INVALID(400),
  ARTIFACT_INVALID(400),
  UNAUTHORIZED(401),
  FORBIDDEN(403),
  NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  CONFLICT(409),
  SLUG_TAKEN(409),
  TEAM_EXISTS(409),
  APP_DISABLED(409),
  IDEMPOTENCY_MISMATCH(409),
  GONE(410),
  TOO_LARGE(413),
  UNSUPPORTED_MEDIA_TYPE(415),
  RATE_LIMITED(429),
  INTERNAL(500),
  UNAVAILABLE(503);

  private final int httpStatus;

  ErrorCode(int httpStatus) {
    this.httpStatus = httpStatus;
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A code that this program doesn't know, from a newer server, reads as {@link #INTERNAL}. */
  @JsonCreator
  public static ErrorCode of(String code) {
    return Arrays.stream(values())
        .filter(value -> value.code().equals(code))
        .findFirst()
        .orElse(INTERNAL);
  }

  public int httpStatus() {
    return httpStatus;
  }

  /** The general code of an HTTP status, for errors that a framework raised. */
  public static ErrorCode forHttpStatus(int status) {
    return Arrays.stream(values())
        .filter(value -> value.httpStatus == status)
        .findFirst()
        .orElse(status < 500 ? INVALID_REQUEST : INTERNAL);
  }
}
