package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a line was written. */
public enum LogStream {
  STDOUT,
  STDERR;

  /** The value on the wire and in the database. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static LogStream of(String code) {
    for (LogStream value : values()) {
      if (value.code().equals(code)) {
        return value;
      }
    }
    throw new IllegalArgumentException("must be one of stdout, stderr");
  }
}
