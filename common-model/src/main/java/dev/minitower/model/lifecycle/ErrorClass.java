package dev.minitower.model.lifecycle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Who must act on an attempt that did not end well. */
public enum ErrorClass {
  /** Whoever wrote the program, or gave it its input. */
  USER("user"),
  /** Whoever set the time limit, or wrote a program that doesn't keep it. */
  TIMEOUT("timeout"),
  /** Whoever operates the runner and the server. */
  INFRASTRUCTURE("infrastructure");

  private final String code;

  ErrorClass(String code) {
    this.code = code;
  }

  /** The class on the wire and in the database. */
  @JsonValue
  public String code() {
    return code;
  }

  /** Null for a word that a newer program has: that is no reason to refuse all it says. */
  @JsonCreator
  public static @Nullable ErrorClass of(@Nullable String code) {
    return Arrays.stream(values())
        .filter(errorClass -> errorClass.code.equals(code))
        .findFirst()
        .orElse(null);
  }
}
