package dev.minitower.model.towerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;

/** Collects errors and warnings; of each, only so many are kept as somebody would read. */
final class Problems {
  private static final int MAX_KEPT = 100;

  private final List<TowerfileProblem> errors = new ArrayList<>();
  private final List<TowerfileProblem> warnings = new ArrayList<>();

  void error(String key, String message, @Nullable TomlPosition position) {
    add(errors, key, message, position);
  }

  void warning(String key, String message, @Nullable TomlPosition position) {
    add(warnings, key, message, position);
  }

  List<TowerfileProblem> warnings() {
    return warnings;
  }

  void throwIfAny() {
    if (!errors.isEmpty()) {
      throw new InvalidTowerfileException(errors);
    }
  }

  private static void add(
      List<TowerfileProblem> kept, String key, String message, @Nullable TomlPosition position) {
    if (kept.size() < MAX_KEPT) {
      Integer line = position == null ? null : Integer.valueOf(position.line());
      Integer column = position == null ? null : Integer.valueOf(position.column());
      kept.add(new TowerfileProblem(key, message, line, column));
    } else if (kept.size() == MAX_KEPT) {
      String rest = "has more than %d problems; the rest is left out".formatted(MAX_KEPT);
      kept.add(new TowerfileProblem(Towerfile.FILE_NAME, rest, null, null));
    }
  }
}
