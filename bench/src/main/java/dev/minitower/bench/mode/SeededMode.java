package dev.minitower.bench.mode;

import dev.minitower.bench.seed.SeedPlan;
import dev.minitower.bench.seed.Seeded;
import dev.minitower.bench.seed.Seeder;
import dev.minitower.bench.server.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** A measurement on a server whose database was filled before. */
abstract class SeededMode extends Mode {
  /** What it is filled with; the first team is the one that asks. */
  abstract SeedPlan plan();

  @Override
  final Target openTarget() throws IOException, InterruptedException {
    return targetOptions.openFilled(this::fill);
  }

  private String fill(Path database) throws IOException {
    try {
      Path objects = database.resolveSibling("objects");
      Seeded seeded = Seeder.fill(database, Optional.of(objects), plan());
      PrintWriter err = spec.commandLine().getErr();
      err.printf("filled with %,d runs in %d s%n", seeded.runs(), seeded.took().toSeconds());
      err.flush();
      return seeded.teams().get(0).token();
    } catch (SQLException e) {
      throw new IOException("the database can't be filled", e);
    }
  }
}
