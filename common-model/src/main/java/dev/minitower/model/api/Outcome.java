package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a runner says an attempt ended. */
public enum Outcome {
  COMPLETED,
  FAILED,
  CANCELLED;

  /** The value on the wire and in the database. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static Outcome of(String code) {
    for (Outcome value : values()) {
      if (value.code().equals(code)) {
        return value;
      }
    }
    throw new IllegalArgumentException("must be one of completed, failed, cancelled");
  }
}
