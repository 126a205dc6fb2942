package dev.minitower.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture;
import dev.minitower.server.runs.RunFixture.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Whatever happens to runs, the figures are those of a recount and a search misses none. */
class RandomHistoryTest {
  private static final int STEPS = 300;
  private static final List<String> WORDS = List.of("alpha", "bravo", "charlie", "delta");

  @TempDir Path folder;
  private TestServer server;
  private List<RunFixture> teams;
  private final List<Lease> leases = new ArrayList<>();

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
    teams = List.of(new RunFixture(server, "acme"), new RunFixture(server, "other"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void the_figures_are_those_of_a_recount(long seed) {
    Random random = new Random(seed);

    for (int step = 0; step < STEPS; step++) {
      doSomething(random);
    }

    for (RunFixture team : teams) {
      assertThat(shown(team)).as("seed %d", seed).isEqualTo(recounted(team));
      assertThat(recounted(team).values().stream().flatMap(List::stream).anyMatch(n -> n > 0))
          .isTrue();
      for (String word : WORDS) {
        assertThat(found(team, word)).as("%s, seed %d", word, seed).isEqualTo(read(team, word));
      }
    }
  }

  private void doSomething(Random random) {
    RunFixture team = teams.get(random.nextInt(2));
    switch (random.nextInt(9)) {
      case 0, 1 -> queue(team, random);
      case 2, 3 -> lease(team);
      case 4 -> withLease(random, Lease::start);
      case 5 -> withLease(random, lease -> fail(lease, random));
      case 6 -> withLease(random, lease -> lease.result("completed"));
      case 7 -> cancelAny(team, random);
      default -> passTime(random);
    }
  }

  private static void queue(RunFixture team, Random random) {
    String input = random.nextBoolean() ? "" : ",\"input\":{\"v\":\"" + word(random) + "\"}";
    long unused = team.queue("\"max_retries\":" + random.nextInt(3) + input);
  }

  private static String word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private void lease(RunFixture team) {
    boolean queued =
        jdbc()
            .sql("SELECT EXISTS (SELECT 1 FROM runs WHERE status = 'queued')")
            .query(Boolean.class)
            .single();
    if (queued) {
      leases.add(team.lease());
    }
  }

  private void withLease(Random random, Consumer<Lease> action) {
    if (!leases.isEmpty()) {
      action.accept(leases.get(leases.size() - 1 - random.nextInt(Math.min(3, leases.size()))));
    }
  }

  private static void fail(Lease lease, Random random) {
    if (random.nextInt(4) == 0) {
      lease.release();
      return;
    }
    lease
        .call("POST", "result")
        .json("{\"status\":\"failed\",\"error_message\":\"%s broke\"}".formatted(word(random)))
        .send();
  }

  private static void cancelAny(RunFixture team, Random random) {
    List<String> ids = team.asTeam("GET", "/runs?limit=10").send().each("runs", "run_id");
    if (!ids.isEmpty()) {
      team.cancel(Long.parseLong(ids.get(random.nextInt(ids.size()))));
    }
  }

  private void passTime(Random random) {
    server.clock().advance(Duration.ofSeconds(random.nextInt(1_800)));
    int unused = teams.get(0).reap();
  }

  private JdbcClient jdbc() {
    return server.bean(JdbcClient.class);
  }

  /** Completed, failed, cancelled and dead by hour, where any is. */
  private static Map<Instant, List<Integer>> shown(RunFixture team) {
    Map<Instant, List<Integer>> hours = new TreeMap<>();
    JsonNode all = team.asTeam("GET", "/stats/runs?hours=168").send().json().required("hours");
    for (JsonNode hour : all) {
      List<Integer> counts = new ArrayList<>();
      for (String status : List.of("completed", "failed", "cancelled", "dead")) {
        counts.add(hour.required(status).asInt());
      }
      if (counts.stream().anyMatch(count -> count > 0)) {
        hours.put(Instant.parse(hour.required("hour").asString()), counts);
      }
    }
    return hours;
  }

  private Map<Instant, List<Integer>> recounted(RunFixture team) {
    Map<Instant, List<Integer>> hours = new TreeMap<>();
    jdbc()
        .sql(
            """
            SELECT finished_at / 3600000 * 3600000 AS hour, sum(status = 'completed'),
                   sum(status = 'failed'), sum(status = 'cancelled'), sum(status = 'dead')
              FROM runs WHERE team_id = :team AND finished_at IS NOT NULL GROUP BY hour
            """)
        .param("team", team.team.id())
        .query(
            row -> {
              hours.put(
                  Instant.ofEpochMilli(row.getLong(1)),
                  List.of(row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5)));
            });
    return hours;
  }

  private static List<String> found(RunFixture team, String word) {
    List<String> ids = new ArrayList<>();
    String more = "";
    do {
      var page = team.asTeam("GET", "/runs?limit=7&q=" + word + more).send();
      ids.addAll(page.each("runs", "run_id"));
      String cursor = page.json().path("next_cursor").asString("");
      more = cursor.isEmpty() ? "" : "&cursor=" + cursor;
    } while (!more.isEmpty());
    return ids;
  }

  /** What a look at every run finds. */
  private static List<String> read(RunFixture team, String word) {
    List<String> ids = new ArrayList<>();
    String more = "";
    do {
      JsonNode page = team.asTeam("GET", "/runs?limit=100" + more).send().json();
      for (JsonNode run : page.required("runs")) {
        String shown = run.path("input") + " " + run.path("error_message").asString("");
        if (shown.contains(word)) {
          ids.add(run.required("run_id").asString());
        }
      }
      String cursor = page.path("next_cursor").asString("");
      more = cursor.isEmpty() ? "" : "&cursor=" + cursor;
    } while (!more.isEmpty());
    return ids;
  }
}
