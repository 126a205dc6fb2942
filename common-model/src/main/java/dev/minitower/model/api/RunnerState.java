package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a runner takes runs: all it can, none until it is gone, or none until a cause is. */
public enum RunnerState {
  WORKING,
  DRAINING,
  PAUSED;

  /** The value on the wire and in the database. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static RunnerState of(String code) {
    for (RunnerState value : values()) {
      if (value.code().equals(code)) {
        return value;
      }
    }
    throw new IllegalArgumentException("must be one of working, draining, paused");
  }
}
