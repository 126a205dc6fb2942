package dev.minitower.model.towerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** A table of the file with typed access; what does not fit is noted with its place. */
final class TomlSection {
  private final TomlTable table;
  private final String path;
  private final Problems problems;

  TomlSection(TomlTable table, String path, Problems problems) {
    this.table = table;
    this.path = path;
    this.problems = problems;
  }

  @Nullable Object value(String key) {
    return table.get(List.of(key));
  }

  Optional<String> string(String key) {
    return typed(key, String.class, "a string");
  }

  Optional<String> requiredString(String key) {
    if (value(key) == null) {
      problems.error(name(key), "is required", null);
    }
    return string(key);
  }

  Optional<Boolean> bool(String key) {
    return typed(key, Boolean.class, "a boolean");
  }

  /** An integer from 1 that fits an {@code int}. */
  Optional<Integer> positiveInt(String key) {
    Optional<Long> value = typed(key, Long.class, "an integer");
    if (value.isPresent() && (value.get() < 1 || value.get() > Integer.MAX_VALUE)) {
      refuse(key, "must be from 1 to " + Integer.MAX_VALUE);
      return Optional.empty();
    }
    return value.map(Long::intValue);
  }

  /**
   * The strings of a list, each as {@code check} gives it back; those that it refuses are noted.
   */
  List<String> strings(String key, UnaryOperator<String> check) {
    List<String> strings = new ArrayList<>();
    TomlArray array = typed(key, TomlArray.class, "a list of strings").orElse(null);
    for (int i = 0; array != null && i < array.size(); i++) {
      String name = name(key) + "[" + i + "]";
      if (array.get(i) instanceof String string) {
        checked(name, string, check, array.inputPositionOf(i)).ifPresent(strings::add);
      } else {
        problems.error(
            name, "must be a string, not " + kindOf(array.get(i)), array.inputPositionOf(i));
      }
    }
    return strings;
  }

  /** The value as {@code check} gives it back; the message of its exception is noted. */
  Optional<String> checked(String key, String value, UnaryOperator<String> check) {
    return checked(name(key), value, check, position(key));
  }

  private Optional<String> checked(
      String name, String value, UnaryOperator<String> check, @Nullable TomlPosition position) {
    try {
      return Optional.of(check.apply(value));
    } catch (IllegalArgumentException e) {
      problems.error(name, String.valueOf(e.getMessage()), position);
      return Optional.empty();
    }
  }

  /** The table under the key; an empty one if it is missing, a mute one if it is no table. */
  TomlSection section(String key) {
    boolean fits = value(key) == null || value(key) instanceof TomlTable;
    TomlTable inner = typed(key, TomlTable.class, "a table").orElseGet(() -> Toml.parse(""));
    return new TomlSection(inner, name(key), fits ? problems : new Problems());
  }

  /** The tables of a list of tables. */
  List<TomlSection> sections(String key) {
    List<TomlSection> sections = new ArrayList<>();
    TomlArray array = typed(key, TomlArray.class, "a list of tables").orElse(null);
    for (int i = 0; array != null && i < array.size(); i++) {
      String name = name(key) + "[" + i + "]";
      if (array.get(i) instanceof TomlTable inner) {
        sections.add(new TomlSection(inner, name, problems));
      } else {
        problems.error(
            name, "must be a table, not " + kindOf(array.get(i)), array.inputPositionOf(i));
      }
    }
    return sections;
  }

  void refuse(String key, String message) {
    problems.error(name(key), message, position(key));
  }

  void warnAboutAllBut(Set<String> known) {
    for (String key : table.keySet()) {
      if (!known.contains(key)) {
        problems.warning(name(key), "is not a known key and does nothing", position(key));
      }
    }
  }

  private <T> Optional<T> typed(String key, Class<T> type, String wanted) {
    Object value = value(key);
    if (value == null || type.isInstance(value)) {
      return Optional.ofNullable(value).map(type::cast);
    }
    refuse(key, "must be " + wanted + ", not " + kindOf(value));
    return Optional.empty();
  }

  private String name(String key) {
    String written = Toml.joinKeyPath(List.of(key));
    return path.isEmpty() ? written : path + "." + written;
  }

  private @Nullable TomlPosition position(String key) {
    return table.inputPositionOf(List.of(key));
  }

  /** What a value of TOML is, with its article. */
  static String kindOf(Object value) {
    if (value instanceof String) {
      return "a string";
    } else if (value instanceof Long) {
      return "an integer";
    } else if (value instanceof Double) {
      return "a float";
    } else if (value instanceof Boolean) {
      return "a boolean";
    } else if (value instanceof TomlArray) {
      return "a list";
    }
    return value instanceof TomlTable ? "a table" : "a date or time";
  }
}
