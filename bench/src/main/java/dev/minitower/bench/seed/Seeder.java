package dev.minitower.bench.seed;

import dev.minitower.bench.seed.Seeded.SeededTeam;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Writes a planned history in one transaction: all of it is there afterwards, or nothing. */
public final class Seeder {
  private Seeder() {}

  /**
   * Fills the database of a stopped server.
   *
   * @param objects the folder of artifacts; without it the versions' files are missing, and only
   *     their download fails
   * @throws IllegalStateException if a server has the database open, or it holds a history already
   */
  public static Seeded fill(Path database, Optional<Path> objects, SeedPlan plan)
      throws SQLException, IOException {
    long startNanos = System.nanoTime();
    try (BulkDatabase bulk = BulkDatabase.open(database)) {
      Connection connection = bulk.connection();
      SplittableRandom random = new SplittableRandom(plan.seed());
      Tenants tenants = Tenants.create(connection, new Artifacts(objects), plan);
      Runners runners = Runners.create(connection, plan);
      History history = new History(plan, tenants, runners, random);
      history.write(connection);
      tenants.saveRunNumbers(connection);
      DerivedTables.fill(connection, history.firstRunId());
      bulk.finish(plan.until());
      List<SeededTeam> teams = tenants.teams();
      Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
      return new Seeded(teams, history.runs(), history.attempts(), history.chunks(), took);
    }
  }
}
