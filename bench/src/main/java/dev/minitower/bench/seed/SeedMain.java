package dev.minitower.bench.seed;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fills a database from the command line. */
public final class SeedMain {
  private static final String USAGE =
      """
      usage: --db FILE [--objects DIR] [--runs N] [--attempts N] [--queued ENVIRONMENT=N[,...]]
             [--teams N] [--apps N] [--days N] [--until TIME] [--seed N]

      Fills the database of a stopped server with 1,000,000 runs in 5,000,000 attempts, or as many
      as are said. --apps counts those of each team, --queued runs are further ones that wait.
      Prints an admin's token for each team.
      """;

  private SeedMain() {}

  public static void main(String[] args) throws SQLException, IOException {
    try {
      fill(options(args));
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
    }
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || i + 1 == args.length) {
        throw new IllegalArgumentException("not an option with a value: " + args[i]);
      }
      var unused = options.put(args[i].substring(2), args[i + 1]);
    }
    return options;
  }

  private static void fill(Map<String, String> options) throws SQLException, IOException {
    String database = options.remove("db");
    if (database == null) {
      throw new IllegalArgumentException("--db is missing");
    }
    Optional<Path> objects = Optional.ofNullable(options.remove("objects")).map(Path::of);
    SeedPlan plan = plan(options);
    Seeded seeded = Seeder.fill(Path.of(database), objects, plan);
    System.out.printf(
        "%,d runs, %,d attempts and %,d log chunks in %.1f s%n",
        seeded.runs(), seeded.attempts(), seeded.chunks(), seeded.took().toMillis() / 1000.0);
    seeded.teams().forEach(team -> System.out.println(team.slug() + " " + team.token()));
  }

  private static SeedPlan plan(Map<String, String> options) {
    int runs = number(options, "runs", 1_000_000);
    SeedPlan plan =
        new SeedPlan(
            number(options, "seed", 1),
            runs,
            number(options, "attempts", 5 * runs),
            queued(options.remove("queued")),
            number(options, "teams", 4),
            number(options, "apps", 25),
            Optional.ofNullable(options.remove("until"))
                .map(Instant::parse)
                .orElseGet(Instant::now),
            Duration.ofDays(number(options, "days", 30)));
    if (!options.isEmpty()) {
      throw new IllegalArgumentException("unknown: --" + options.keySet().iterator().next());
    }
    return plan;
  }

  private static int number(Map<String, String> options, String name, int otherwise) {
    String text = options.remove(name);
    return text == null ? otherwise : Integer.parseInt(text);
  }

  private static Map<String, Integer> queued(@Nullable String text) {
    Map<String, Integer> queued = new HashMap<>();
    for (String part : text == null ? new String[0] : text.split(",")) {
      String[] entry = part.split("=", 2);
      if (entry.length != 2) {
        throw new IllegalArgumentException("--queued takes ENVIRONMENT=N");
      }
      var unused = queued.put(entry[0], Integer.parseInt(entry[1]));
    }
    return queued;
  }
}
