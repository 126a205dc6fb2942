package dev.minitower.bench.seed;

import dev.minitower.model.identity.TokenHash;
import java.sql.Connection;
import java.sql.SQLException;

/** The runners that did it all; nobody has their tokens. */
final class Runners {
  static final int COUNT = 10;
  static final int SLOTS = 20;

  private final long firstId;

  private Runners(long firstId) {
    this.firstId = firstId;
  }

  static Runners create(Connection connection, SeedPlan plan) throws SQLException {
    Runners runners = new Runners(Ids.next(connection, "runners"));
    long until = plan.until().toEpochMilli();
    try (Insert insert =
        new Insert(
            connection,
            "runners",
            "id",
            "name",
            "token_hash",
            "environment",
            "version",
            "max_concurrent",
            "registered_at",
            "last_seen_at")) {
      for (int i = 0; i < COUNT; i++) {
        String name = name(i);
        String hash = TokenHash.of("runner %s of seed %d".formatted(name, plan.seed())).hex();
        String environment = Tenants.OF_OPEN_RUNS.get(i % Tenants.OF_OPEN_RUNS.size());
        long since = until - plan.span().toMillis();
        insert.add(runners.id(i), name, hash, environment, "0.1.0", SLOTS, since, until);
      }
      insert.flush();
    }
    return runners;
  }

  long id(int index) {
    return firstId + index;
  }

  static String name(int index) {
    return "seeded-" + (index + 1);
  }
}
