package dev.minitower.model.towerfile;

import java.util.List;

/** A good Towerfile, and what is odd about it without being wrong: keys that nothing here knows. */
public record ParsedTowerfile(Towerfile towerfile, List<TowerfileProblem> warnings) {

  public ParsedTowerfile {
    warnings = List.copyOf(warnings);
  }
}
