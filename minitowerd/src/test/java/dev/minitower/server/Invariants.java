package dev.minitower.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.platform.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The invariants V1 to V17 of the lifecycle, and those of what is derived from it (V18, V19), each
 * as a query that must find nothing, at any time and also on a copy of the files after a SIGKILL.
 */
public final class Invariants {
  private static final Map<String, String> QUERIES = queries();

  private Invariants() {}

  static void assertHold(ConfigurableApplicationContext context) {
    Path objectsDir = context.getBean(Settings.class).objectsDir();
    assertThat(violations(context.getBean(JdbcClient.class), objectsDir)).isEmpty();
  }

  /**
   * All that is violated in a database and its artifacts, one line each; for a server that runs
   * elsewhere, too.
   */
  public static List<String> violations(JdbcClient jdbc, Path objectsDir) {
    List<String> found = new ArrayList<>(violations(jdbc));
    columnsWithTokens(jdbc).forEach(column -> found.add("V16 token text in " + column));
    versionsWithoutArtifact(jdbc, objectsDir)
        .forEach(sha256 -> found.add("V14 no artifact as recorded: " + sha256));
    return found;
  }

  private static List<String> columnsWithTokens(JdbcClient jdbc) {
    List<String> columns =
        jdbc.sql(
                "SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c"
                    + " WHERE m.type = 'table' AND c.type = 'TEXT'")
            .query(String.class)
            .list();
    return columns.stream().filter(column -> holdsToken(jdbc, column)).toList();
  }

  private static boolean holdsToken(JdbcClient jdbc, String column) {
    String[] parts = column.split("\\.");
    String query =
        "SELECT count(*) FROM %s WHERE %s GLOB '*mt[krlg]_*' AND length(%s) >= 47"
            .formatted(parts[0], parts[1], parts[1]);
    return jdbc.sql(query).query(Integer.class).single() > 0;
  }

  private static List<String> versionsWithoutArtifact(JdbcClient jdbc, Path objectsDir) {
    Map<String, Long> stored = new HashMap<>();
    try (Stream<Path> files = Files.walk(objectsDir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        stored.put(HexFormat.of().formatHex(digest), (long) bytes.length);
      }
    } catch (NoSuchFileException e) {
      // Nothing was ever stored.
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return jdbc
        .sql("SELECT artifact_sha256, artifact_size FROM app_versions")
        .query((row, i) -> Map.entry(row.getString(1), row.getLong(2)))
        .list()
        .stream()
        .filter(version -> !version.getValue().equals(stored.get(version.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What is violated, one line each with the ids at fault. */
  public static List<String> violations(JdbcClient jdbc) {
    List<String> found = new ArrayList<>();
    QUERIES.forEach(
        (name, query) -> {
          List<Map<String, Object>> rows = jdbc.sql(query).query().listOfRows();
          if (!rows.isEmpty()) {
            found.add(name + ": " + rows.subList(0, Math.min(10, rows.size())));
          }
        });
    return found;
  }

  /** The rows that only one of both has. */
  private static String differs(String query, String table) {
    return ("SELECT * FROM (SELECT * FROM (%1$s) EXCEPT SELECT * FROM %2$s)"
            + " UNION ALL SELECT * FROM (SELECT * FROM %2$s EXCEPT SELECT * FROM (%1$s))")
        .formatted(query, table);
  }

  private static Map<String, String> queries() {
    Map<String, String> all = new LinkedHashMap<>();
    String active = "('leased','running','cancelling')";
    String terminal = "('completed','failed','cancelled','dead')";
    String last =
        " JOIN run_attempts a ON a.run_id = r.id AND a.attempt_no ="
            + " (SELECT max(attempt_no) FROM run_attempts WHERE run_id = r.id) ";
    all.put(
        "V1 at most one active attempt per run",
        "SELECT run_id FROM run_attempts WHERE status IN "
            + active
            + " GROUP BY run_id HAVING count(*) > 1");
    all.put(
        "V2 a runner holds at most what it may",
        "SELECT n.id FROM runners n JOIN run_attempts a ON a.runner_id = n.id AND a.status IN "
            + active
            + " GROUP BY n.id, n.max_concurrent HAVING count(*) > n.max_concurrent");
    all.put(
        "V3 a held run has exactly one active attempt of its status",
        "SELECT r.id FROM runs r WHERE r.status IN "
            + active
            + " AND (SELECT count(*) FROM run_attempts a WHERE a.run_id = r.id AND a.status = r.status) <> 1");
    all.put(
        "V4 a queued or ended run has no active attempt",
        "SELECT r.id FROM runs r JOIN run_attempts a ON a.run_id = r.id AND a.status IN "
            + active
            + " WHERE r.status NOT IN "
            + active);
    all.put(
        "V5 a run is terminal if and only if it has finished",
        "SELECT id FROM runs WHERE (status IN " + terminal + ") <> (finished_at IS NOT NULL)");
    all.put(
        "V5 an attempt is ended if and only if it has finished",
        "SELECT id FROM run_attempts WHERE (status NOT IN "
            + active
            + ") <> (finished_at IS NOT NULL)");
    all.put(
        "V6 attempt numbers are 1 to n",
        "SELECT run_id FROM run_attempts GROUP BY run_id"
            + " HAVING min(attempt_no) <> 1 OR max(attempt_no) <> count(*)");
    all.put(
        "V6 the run counts its attempts",
        "SELECT r.id FROM runs r WHERE r.attempt_count <>"
            + " (SELECT count(*) FROM run_attempts a WHERE a.run_id = r.id)");
    all.put(
        "V6 only the last attempt may be active, completed or failed",
        "SELECT a.id FROM run_attempts a JOIN runs r ON r.id = a.run_id"
            + " WHERE a.attempt_no < r.attempt_count"
            + " AND a.status IN ('leased','running','cancelling','completed','failed')");
    for (String status : List.of("completed", "failed")) {
      all.put(
          "V7 a run is " + status + " if and only if its last attempt is",
          "SELECT r.id FROM runs r"
              + last
              + "WHERE (r.status = '"
              + status
              + "') <> (a.status = '"
              + status
              + "')");
      all.put(
          "V7 a " + status + " run has an attempt",
          "SELECT r.id FROM runs r WHERE r.status = '" + status + "' AND r.attempt_count = 0");
    }
    all.put(
        "V8 the last attempt of a dead run expired",
        "SELECT r.id FROM runs r LEFT"
            + last
            + "WHERE r.status = 'dead' AND a.status IS NOT 'expired'");
    all.put(
        "V9 a run whose cancel was requested is cancelling or cancelled",
        "SELECT id FROM runs WHERE cancel_requested = 1 AND status NOT IN ('cancelling','cancelled')");
    all.put(
        "V10 retries are within the budget",
        "SELECT id FROM runs WHERE retry_count NOT BETWEEN 0 AND max_retries");
    all.put(
        "V11 a run is queued, then started, then finished",
        "SELECT id FROM runs WHERE started_at < queued_at OR finished_at < coalesce(started_at, queued_at)");
    all.put(
        "V11 attempts follow one another",
        "SELECT b.id FROM run_attempts a JOIN run_attempts b ON b.run_id = a.run_id"
            + " AND b.attempt_no = a.attempt_no + 1 WHERE b.leased_at < a.finished_at");
    all.put(
        "V12 run numbers of an app are 1 to n",
        "SELECT a.id FROM apps a LEFT JOIN runs r ON r.app_id = a.id GROUP BY a.id"
            + " HAVING count(r.id) <> a.last_run_no OR coalesce(max(r.run_no), 0) <> a.last_run_no");
    all.put(
        "V12 version numbers of an app are 1 to n",
        "SELECT a.id FROM apps a LEFT JOIN app_versions v ON v.app_id = a.id GROUP BY a.id"
            + " HAVING count(v.id) <> a.last_version_no OR coalesce(max(v.version_no), 0) <> a.last_version_no");
    all.put(
        "V13 a run's team is its app's and its environment's, its version its app's",
        "SELECT r.id FROM runs r JOIN apps a ON a.id = r.app_id"
            + " JOIN environments e ON e.id = r.environment_id JOIN app_versions v ON v.id = r.version_id"
            + " WHERE a.team_id <> r.team_id OR e.team_id <> r.team_id OR v.app_id <> r.app_id"
            + " OR e.name <> r.environment");
    all.put("V13 foreign keys hold", "PRAGMA foreign_key_check");
    all.put(
        "V15 stored stretches of a log do not overlap",
        "SELECT attempt_id, first_seq FROM (SELECT attempt_id, first_seq, lag(last_seq) OVER"
            + " (PARTITION BY attempt_id ORDER BY first_seq) AS before FROM run_log_chunks)"
            + " WHERE before >= first_seq");
    all.put(
        "V15 an attempt knows its last line",
        "SELECT a.id FROM run_attempts a WHERE a.last_log_seq <>"
            + " coalesce((SELECT max(last_seq) FROM run_log_chunks c WHERE c.attempt_id = a.id), 0)");
    all.put(
        "V17 the file is sound",
        "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'");
    String counted =
        "SELECT team_id, finished_at / 3600000 AS hour, app_id, sum(status = 'completed'),"
            + " sum(status = 'failed'), sum(status = 'cancelled'), sum(status = 'dead')"
            + " FROM runs WHERE finished_at IS NOT NULL GROUP BY 1, 2, 3";
    all.put("V18 each hour counts the runs that finished in it", differs(counted, "run_hours"));
    String searchable =
        "SELECT id * 2 FROM runs WHERE length(input) > 2"
            + " UNION ALL SELECT r.id * 2 + 1 FROM runs r JOIN run_attempts a ON a.run_id = r.id"
            + " AND a.attempt_no = r.attempt_count"
            + " WHERE r.finished_at IS NOT NULL AND a.error_message IS NOT NULL";
    all.put(
        "V19 what a run shows of input and error can be searched, and nothing else",
        differs(searchable, "(SELECT rowid FROM run_text)"));
    return all;
  }
}
