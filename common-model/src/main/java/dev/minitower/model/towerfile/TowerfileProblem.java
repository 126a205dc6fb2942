package dev.minitower.model.towerfile;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a Towerfile, or odd about it.
 *
 * @param key as it is written in TOML, with an index from 0 in lists: {@code parameters[1].type};
 *     {@code Towerfile} where the text as a whole is at fault
 * @param message goes on where the key left off: {@code must be …}
 * @param line from 1; null where there is no place, as for a key that is missing
 */
public record TowerfileProblem(
    String key, String message, @Nullable Integer line, @Nullable Integer column) {

  @Override
  public String toString() {
    String place = line == null ? "" : " (line %d, column %d)".formatted(line, column);
    return key + place + ": " + message;
  }
}
