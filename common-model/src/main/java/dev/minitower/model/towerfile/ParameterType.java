package dev.minitower.model.towerfile;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a parameter's values are. The names are those of TOML's reader and of JSON Schema alike. */
public enum ParameterType {
  STRING,
  INTEGER,
  /** Integers and finite floats. */
  NUMBER,
  BOOLEAN;

  /** The type in a Towerfile and in a schema. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ParameterType> find(String code) {
    return Arrays.stream(values()).filter(type -> type.code().equals(code)).findFirst();
  }

  /** With its article, for a sentence. */
  String described() {
    return (this == INTEGER ? "an " : "a ") + code();
  }
}
