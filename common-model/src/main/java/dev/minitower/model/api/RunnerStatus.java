package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a runner was heard from lately. */
public enum RunnerStatus {
  ONLINE,
  OFFLINE;

  /** The value on the wire and in the database. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static RunnerStatus of(String code) {
    for (RunnerStatus value : values()) {
      if (value.code().equals(code)) {
        return value;
      }
    }
    throw new IllegalArgumentException("must be one of online, offline");
  }
}
