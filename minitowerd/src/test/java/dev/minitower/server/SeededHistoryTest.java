package dev.minitower.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.bench.seed.SeedPlan;
import dev.minitower.bench.seed.Seeded;
import dev.minitower.bench.seed.Seeder;
import dev.minitower.server.TestServer.TestTeam;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the seeding tool writes is what the server could have written. */
class SeededHistoryTest {
  private static final SeedPlan PLAN = SeedPlan.of(3_000, TestClock.START);

  @TempDir Path folder;

  private static JdbcClient jdbc(Path folder) {
    return JdbcClient.create(
        new DriverManagerDataSource("jdbc:sqlite:" + SeededHistory.database(folder)));
  }

  @ParameterizedTest
  @CsvSource({"1, 15000", "2, 2971", "3, 5000"})
  void it_keeps_every_invariant(long seed, int attempts) {
    SeedPlan plan =
        new SeedPlan(seed, 2_971, attempts, Map.of("deep", 500), 3, 7, PLAN.until(), PLAN.span());

    Seeded seeded = SeededHistory.fill(folder, plan);

    assertThat(Invariants.violations(jdbc(folder), folder.resolve("objects"))).isEmpty();
    assertThat(seeded.runs()).isEqualTo(3_471);
    assertThat(count("run_attempts")).isEqualTo(attempts).isEqualTo(seeded.attempts());
    assertThat(count("run_log_chunks")).isEqualTo(seeded.chunks());
    assertThat(seeded.chunks()).isBetween(attempts * 8L / 10, attempts * 13L / 10);
  }

  private long count(String table) {
    return jdbc(folder).sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }

  @Test
  void it_has_runs_and_attempts_of_every_status() {
    Seeded unused = SeededHistory.fill(folder, PLAN);

    assertThat(statuses("runs"))
        .containsExactlyInAnyOrder(
            "queued",
            "leased",
            "running",
            "cancelling",
            "completed",
            "failed",
            "cancelled",
            "dead");
    assertThat(statuses("run_attempts"))
        .containsExactlyInAnyOrder(
            "leased", "running", "cancelling", "completed", "failed", "cancelled", "expired");
  }

  private List<String> statuses(String table) {
    return jdbc(folder).sql("SELECT DISTINCT status FROM " + table).query(String.class).list();
  }

  @Test
  void the_same_plan_gives_the_same_rows(@TempDir Path other) {
    Seeded first = SeededHistory.fill(folder, PLAN);
    Seeded second = SeededHistory.fill(other, PLAN);

    assertThat(second.teams()).isEqualTo(first.teams());
    for (String table : List.of("runs", "run_attempts", "run_log_chunks", "run_hours", "runners")) {
      assertThat(rows(other, table)).isEqualTo(rows(folder, table));
    }
  }

  private static List<String> rows(Path folder, String table) {
    List<String> columns =
        jdbc(folder)
            .sql("SELECT 'quote(' || name || ')' FROM pragma_table_info('" + table + "')")
            .query(String.class)
            .list();
    return jdbc(folder)
        .sql("SELECT %s FROM %s".formatted(String.join(" || ',' || ", columns), table))
        .query(String.class)
        .list();
  }

  @Test
  void another_seed_gives_other_rows(@TempDir Path other) {
    Seeded unused = SeededHistory.fill(folder, PLAN);
    Seeded unusedToo = SeededHistory.fill(other, PLAN.withSeed(2));

    assertThat(rows(other, "runs")).isNotEqualTo(rows(folder, "runs"));
  }

  @Test
  void indexes_and_triggers_are_as_they_were() {
    TestServer.start(folder).close();
    List<String> before = schema();

    Seeded unused = SeededHistory.fill(folder, PLAN);

    assertThat(schema()).isEqualTo(before);
  }

  private List<String> schema() {
    return jdbc(folder)
        .sql("SELECT type || name || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
        .query(String.class)
        .list();
  }

  @Test
  void a_server_reads_it_and_goes_on_with_it() {
    Seeded seeded = SeededHistory.fill(folder, PLAN);

    try (TestServer server = TestServer.start(folder)) {
      TestTeam team = SeededHistory.team(seeded, 0);
      TestAnswer runs = get(server, team, "/runs?limit=100&status=failed");
      assertThat(runs.each("runs", "run_id")).hasSize(100);
      assertThat(linesOf(server, team, runs.each("runs", "run_id"))).isPositive();
      assertThat(get(server, team, "/runs?q=row").each("runs", "run_id")).isNotEmpty();
      assertThat(get(server, team, "/apps/app-001/versions/2/artifact").status()).isEqualTo(200);
      TestAnswer created =
          server.post("/api/v1/apps/app-001/runs").token(team.token()).json("{}").send();
      assertThat(created.number("run_id")).isEqualTo(3_001);
    }
  }

  private static TestAnswer get(TestServer server, TestTeam team, String path) {
    return server.get("/api/v1" + path).token(team.token()).send();
  }

  private static long linesOf(TestServer server, TestTeam team, List<String> runs) {
    return runs.stream()
        .mapToLong(run -> get(server, team, "/runs/" + run + "/logs").json().get("logs").size())
        .sum();
  }

  @Test
  void a_database_in_use_is_refused_and_stays_as_it_is() {
    try (TestServer server = TestServer.start(folder)) {
      assertThatThrownBy(this::fillAgain)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a server is using the database");

      assertThat(server.get("/ready").send().status()).isEqualTo(200);
    }
  }

  @Test
  void a_second_history_is_refused_and_the_first_stays() {
    Seeded unused = SeededHistory.fill(folder, PLAN);

    assertThatThrownBy(this::fillAgain).hasMessage("the database has been filled already");
    assertThat(count("runs")).isEqualTo(3_000);
    assertThat(Invariants.violations(jdbc(folder), folder.resolve("objects"))).isEmpty();
  }

  private void fillAgain() throws Exception {
    Seeded unused =
        Seeder.fill(SeededHistory.database(folder), Optional.of(folder.resolve("objects")), PLAN);
  }

  @Test
  void a_file_that_is_not_there_is_not_made() {
    assertThatThrownBy(this::fillAgain).hasMessageContaining("there is no database");
    assertThat(SeededHistory.database(folder)).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "10, 9", "10, 1001"})
  void impossible_plans_are_refused(int runs, int attempts) {
    assertThatThrownBy(() -> SeedPlan.of(runs, PLAN.until()).withAttempts(attempts))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
