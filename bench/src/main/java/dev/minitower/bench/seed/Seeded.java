package dev.minitower.bench.seed;

import java.time.Duration;
import java.util.List;

/** What a database was filled with. */
public record Seeded(List<SeededTeam> teams, long runs, long attempts, long chunks, Duration took) {

  public Seeded {
    teams = List.copyOf(teams);
  }

  /**
   * A team of the history; the first has half of all runs.
   *
   * @param token an admin's
   */
  public record SeededTeam(long id, String slug, String token) {}
}
