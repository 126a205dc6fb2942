package dev.minitower.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.server.Invariants;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database that the first schema was used with, opened by this program. */
class UpgradeTest {
  private static final String HASH = "'" + "a".repeat(64) + "'";

  @TempDir Path folder;
  private Map<String, List<Map<String, Object>>> before;
  private SqliteDatabase database;
  private JdbcClient jdbc;

  @BeforeEach
  void open() {
    var file = new DriverManagerDataSource("jdbc:sqlite:" + folder.resolve("minitower.db"));
    var unused =
        Flyway.configure()
            .dataSource(file)
            .locations("classpath:db/migration/sqlite")
            .target("1")
            .load()
            .migrate();
    JdbcClient old = JdbcClient.create(file);
    fill(old);
    before = rows(old);
    database = SqliteDatabase.open(TestDatabase.settings(folder));
    jdbc = JdbcClient.create(database.writer());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static void fill(JdbcClient old) {
    insert(old, "teams (id, slug, name, created_at)", "1, 'acme', 'Acme', 5");
    insert(old, "environments (id, team_id, name, created_at)", "1, 1, 'default', 5");
    insert(
        old,
        "apps (id, team_id, slug, last_version_no, last_run_no, created_at, updated_at)",
        "1, 1, 'jobs', 1, 5, 5, 5");
    insert(
        old,
        "app_versions (id, app_id, version_no, entrypoint, towerfile_toml, artifact_sha256,"
            + " artifact_size, content_sha256, created_at)",
        "1, 1, 1, 'main.py', '[app]', " + HASH + ", 9, " + HASH + ", 5");
    insert(
        old,
        "runners (id, name, token_hash, environment, max_concurrent, registered_at, last_seen_at)",
        "1, 'box', " + HASH + ", 'default', 2, 5, 9");
    run(old, 1, "completed", 9);
    attempt(old, 1, "completed", "result", null);
    run(old, 2, "failed", 9);
    attempt(old, 2, "failed", "result", "boom");
    run(old, 3, "dead", 9);
    attempt(old, 3, "expired", "lease_over", "lost: runner box was not heard from in time");
    run(old, 4, "queued", null);
    attempt(old, 4, "expired", "release", "handed back by the runner");
    run(old, 5, "cancelled", 9);
    attempt(old, 5, "cancelled", "lease_over", "cancelled; runner box did not confirm in time");
    insert(old, "run_log_chunks (attempt_id, first_seq, last_seq, lines)", "2, 1, 3, x'00ff'");
    old.sql("UPDATE run_attempts SET last_log_seq = 3 WHERE id = 2").update();
    old.sql("UPDATE runs SET input = '{\"who\":\"world\"}' WHERE id IN (1, 4)").update();
    old.sql("UPDATE runs SET finished_at = 3600000 * 2 WHERE id = 2").update();
  }

  private static void insert(JdbcClient old, String table, String values) {
    old.sql("INSERT INTO " + table + " VALUES (" + values + ")").update();
  }

  private static void run(JdbcClient old, int id, String status, Integer finished) {
    insert(
        old,
        "runs (id, team_id, app_id, version_id, environment_id, environment, run_no, status,"
            + " priority, max_retries, attempt_count, queued_at, finished_at)",
        "%d, 1, 1, 1, 1, 'default', %d, '%s', 0, 0, 1, 5, %d".formatted(id, id, status, finished));
  }

  private static void attempt(JdbcClient old, int id, String status, String by, String message) {
    insert(
        old,
        "run_attempts (id, run_id, attempt_no, runner_id, runner_name, status, lease_token_hash,"
            + " leased_at, lease_expires_at, deadline_at, finished_at, ended_by, error_message)",
        "%d, %d, 1, 1, 'box', '%s', '%064d', 6, 66, 666, 9, '%s', %s"
            .formatted(id, id, status, id, by, message == null ? "NULL" : "'" + message + "'"));
  }

  /** Every row of every table, blobs as text so that they can be compared. */
  private static Map<String, List<Map<String, Object>>> rows(JdbcClient jdbc) {
    Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
    jdbc.sql("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'flyway%'")
        .query(String.class)
        .list()
        .forEach(table -> rows.put(table, jdbc.sql("SELECT * FROM " + table).query().listOfRows()));
    rows.get("run_log_chunks")
        .forEach(
            row ->
                row.computeIfPresent(
                    "lines", (name, blob) -> HexFormat.of().formatHex((byte[]) blob)));
    return rows;
  }

  @Test
  void everything_that_was_there_is_still_there() {
    Map<String, List<Map<String, Object>>> after = rows(jdbc);

    assertThat(before.values()).filteredOn(rows -> !rows.isEmpty()).hasSizeGreaterThan(8);
    assertThat(after.keySet()).containsAll(before.keySet());
    before.forEach(
        (table, rows) -> {
          assertThat(after.get(table)).as(table).hasSameSizeAs(rows);
          for (int i = 0; i < rows.size(); i++) {
            assertThat(after.get(table).get(i)).as(table).containsAllEntriesOf(rows.get(i));
          }
        });
    assertThat(Invariants.violations(jdbc)).isEmpty();
  }

  @Test
  void attempts_that_were_lost_or_handed_back_are_the_operators_concern() {
    assertThat(
            jdbc.sql("SELECT id FROM run_attempts WHERE error_class = 'infrastructure' ORDER BY id")
                .query(Integer.class)
                .list())
        .containsExactly(3, 4);
    assertThat(
            jdbc.sql("SELECT count(error_class) FROM run_attempts").query(Integer.class).single())
        .isEqualTo(2);
  }

  @Test
  void a_runner_that_has_not_said_otherwise_is_working() {
    assertThat(jdbc.sql("SELECT state, state_reason, isolation FROM runners").query().singleRow())
        .containsEntry("state", "working")
        .containsEntry("state_reason", null)
        .containsEntry("isolation", null);
  }

  @Test
  void runs_that_finished_before_are_counted_by_hour() {
    assertThat(
            jdbc.sql("SELECT hour, completed, failed, cancelled, dead FROM run_hours ORDER BY hour")
                .query(
                    (row, i) ->
                        List.of(
                            row.getInt(1),
                            row.getInt(2),
                            row.getInt(3),
                            row.getInt(4),
                            row.getInt(5)))
                .list())
        .containsExactly(List.of(0, 1, 0, 1, 1), List.of(2, 0, 1, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"wor, 2 8", "boo, 5", "los, 7", "fir, 11", "han, ''"})
  void what_runs_showed_before_can_be_searched(String text, String rows) {
    assertThat(
            jdbc.sql(
                    "SELECT coalesce(group_concat(rowid, ' '), '')"
                        + " FROM (SELECT rowid FROM run_text WHERE run_text MATCH :text ORDER BY rowid)")
                .param("text", '"' + text + '"')
                .query(String.class)
                .single())
        .isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runs         | status = 'lost' WHERE id = 1",
        "runs         | status = 'queued' WHERE id = 1",
        "run_attempts | status = 'lost' WHERE id = 1",
        "run_attempts | finished_at = NULL, ended_by = NULL WHERE id = 1",
        "run_attempts | error_class = 'cosmic_rays' WHERE id = 2",
        "run_attempts | error_class = 'user' WHERE id = 1",
        "run_attempts | error_class = 'infrastructure' WHERE id = 5",
        "run_attempts | status = 'cancelled' WHERE id = 3",
        "runners | state = 'idle'",
        "runners | state = NULL",
        "runners | isolation = ''"
      })
  void what_is_in_no_closed_list_is_refused_by_the_schema_too(String table, String change) {
    assertThatThrownBy(() -> jdbc.sql("UPDATE " + table + " SET " + change).update())
        .isInstanceOf(UncategorizedSQLException.class)
        .hasMessageContaining("constraint failed");
  }

  @ParameterizedTest
  @CsvSource({"runs, 2", "run_attempts, 2"})
  void rules_of_the_first_schema_are_the_same_in_words_that_cost_less(String table, int lists) {
    String sql =
        jdbc.sql("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :table")
            .param("table", table)
            .query(String.class)
            .single();

    assertThat(sql).doesNotContainPattern("status IN\\s*\\(('[a-z]+',?\\s*){3,}\\)");
    assertThat(sql.split("\\(status = '", -1)).hasSize(lists + 1);
    assertThat(jdbc.sql("PRAGMA integrity_check").query(String.class).single()).isEqualTo("ok");
  }

  @Test
  void what_is_in_the_closed_lists_is_taken() {
    assertThat(jdbc.sql("UPDATE run_attempts SET error_class = 'timeout' WHERE id = 2").update())
        .isEqualTo(1);
    assertThat(
            jdbc.sql("UPDATE runners SET state = 'paused', state_reason = 'disk', isolation = 'x'")
                .update())
        .isEqualTo(1);
  }
}
