package dev.minitower.server;

import dev.minitower.bench.seed.SeedPlan;
import dev.minitower.bench.seed.Seeded;
import dev.minitower.bench.seed.Seeded.SeededTeam;
import dev.minitower.bench.seed.Seeder;
import dev.minitower.server.TestServer.TestTeam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** Files of a server that has seen a lot. */
public final class SeededHistory {
  private SeededHistory() {}

  /** Makes the files, which no server may be using, and fills them. */
  public static Seeded fill(Path folder, SeedPlan plan) {
    TestServer.start(folder).close();
    try {
      return Seeder.fill(database(folder), Optional.of(folder.resolve("objects")), plan);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path database(Path folder) {
    return folder.resolve("minitower.db");
  }

  public static TestTeam team(Seeded seeded, int index) {
    SeededTeam team = seeded.teams().get(index);
    return new TestTeam(team.id(), team.slug(), team.token());
  }
}
