package dev.minitower.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.minitower.bench.seed.SeedPlan;
import dev.minitower.bench.seed.Seeded;
import dev.minitower.server.StatementRecorder.Sent;
import dev.minitower.server.runs.RunFixture;
import java.nio.file.Path;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * How SQLite goes about every statement that the server sends, on a database with a history. The
 * statements are those of a scripted use; a method that asks the database and is not reached by it
 * fails the test. The product keeps no statistics (sqlite_stat1), so plans don't depend on how much
 * there is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryPlansTest {
  private static final int RUNS = Boolean.getBoolean("minitower.slow-tests") ? 1_000_000 : 20_000;

  /** Methods that only a server outside of tests calls, and what they ask. */
  private static final Set<String> AT_START_ONLY =
      Set.of("DatabaseConfiguration.newestTime", "SchemaHistory.applied");

  /**
   * What a method may read from end to end.
   *
   * @param by the method that asks for it
   */
  private record Scan(String by, String step, String why) {}

  private static final List<Scan> ALLOWED =
      List.of(
          new Scan("RunnerRepository.sightings", "SCAN runners", "all runners are meant"),
          new Scan(
              "RunQueries.pending",
              "SCAN runs USING COVERING INDEX runs_queue",
              "the index holds the queued runs only, and those are meant"),
          new Scan("RunQueries.pending", "SCAN q", "the groups of those"),
          new Scan(
              "StatsQueries.environments",
              "SCAN runs USING COVERING INDEX runs_queue",
              "the same; a queue is counted"),
          new Scan(
              "RunQueries.activeAttemptsByRunner",
              "SCAN run_attempts USING INDEX run_attempts_active_by_runner",
              "the index holds the active attempts only, and those are meant"),
          new Scan(
              "VersionRepository.named", "SCAN app_versions", "once an hour, by the collector"),
          new Scan("StatsQueries.hoursOfApp", "SCAN hours", "the hours that were asked for"),
          new Scan("AttemptRepository.grantGrace", "SCAN server_clock", "one row, at the start"),
          new Scan(
              "TeamRepository.anyExists",
              "SCAN teams USING COVERING INDEX sqlite_autoindex_teams_1",
              "stops at the first"));

  private List<Sent> hot;
  private List<Sent> all;
  private JdbcTemplate history;

  @BeforeAll
  void record(@TempDir Path used, @TempDir Path usedHard, @TempDir Path filled) {
    StatementRecorder recorder = new StatementRecorder();
    try (TestServer server = TestServer.startRecorded(used, recorder)) {
      ScriptedUse.everything(server);
      all = new ArrayList<>(recorder.take());
    }
    try (TestServer server = TestServer.startRecorded(usedHard, recorder)) {
      RunFixture fixture = new RunFixture(server);
      List<Sent> unused = recorder.take();
      ScriptedUse.hotPath(fixture);
      hot = recorder.take();
    }
    all.addAll(hot);
    Seeded unusedSeeded = SeededHistory.fill(filled, SeedPlan.of(RUNS, TestClock.START));
    history =
        new JdbcTemplate(
            new DriverManagerDataSource("jdbc:sqlite:" + SeededHistory.database(filled)));
  }

  @Test
  void every_method_that_asks_the_database_was_heard() {
    Set<String> asking = asking();
    Set<String> heard = all.stream().flatMap(s -> s.by().stream()).collect(Collectors.toSet());
    heard.addAll(AT_START_ONLY);

    assertThat(asking).hasSizeGreaterThan(60);
    asking.removeAll(heard);
    assertThat(asking).isEmpty();
  }

  /** By the bytecode: all methods that hand a text to the client of the database. */
  private static Set<String> asking() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.minitower.server");
    Set<String> asking = new TreeSet<>();
    classes.stream()
        .flatMap(type -> type.getMethodCallsFromSelf().stream())
        .filter(call -> call.getTargetOwner().isAssignableTo(JdbcClient.class))
        .filter(call -> call.getName().equals("sql"))
        .map(JavaMethodCall::getOrigin)
        .forEach(
            method ->
                asking.add(
                    StatementRecorder.simpleName(method.getOwner().getName())
                        + "."
                        + StatementRecorder.name(method.getName())));
    return asking;
  }

  @Test
  void no_statement_reads_a_big_table_from_end_to_end() {
    Map<String, String> unexpected = new LinkedHashMap<>();
    for (Sent sent : distinct(all)) {
      for (String step : steps(sent.sql())) {
        if (isScan(step) && !mayScan(sent, step)) {
          unexpected.put(step + " by " + sent.by(), sent.sql());
        }
      }
    }
    assertThat(unexpected).isEmpty();
  }

  @Test
  void nothing_is_allowed_that_nobody_does() {
    List<Scan> unused = new ArrayList<>(ALLOWED);
    for (Sent sent : distinct(all)) {
      List<String> steps = steps(sent.sql());
      unused.removeIf(scan -> steps.contains(scan.step()) && sent.by().contains(scan.by()));
    }
    assertThat(unused).isEmpty();
  }

  private static boolean isScan(String step) {
    return step.startsWith("SCAN ")
        && !step.startsWith("SCAN CONSTANT ROW")
        && !step.matches("SCAN \\(subquery-\\d+\\)")
        && !step.contains("VIRTUAL TABLE INDEX");
  }

  private static boolean mayScan(Sent sent, String step) {
    return ALLOWED.stream()
        .anyMatch(scan -> scan.step().equals(step) && sent.by().contains(scan.by()));
  }

  @Test
  void no_statement_of_the_hot_path_scans_or_sorts() {
    Map<String, String> unexpected = new LinkedHashMap<>();
    for (Sent sent : distinct(hot)) {
      for (String step : steps(sent.sql())) {
        if (isScan(step) || step.contains("TEMP B-TREE")) {
          unexpected.put(step + " by " + sent.by(), sent.sql());
        }
      }
    }
    assertThat(hot).isNotEmpty();
    assertThat(unexpected).isEmpty();
  }

  @Test
  void the_database_keeps_no_statistics_that_could_change_plans() {
    assertThat(
            history.queryForList(
                "SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'", String.class))
        .isEmpty();
  }

  private static List<Sent> distinct(List<Sent> sent) {
    Map<String, Sent> bySql = new LinkedHashMap<>();
    sent.forEach(one -> bySql.putIfAbsent(one.sql(), one));
    return List.copyOf(bySql.values());
  }

  private List<String> steps(String sql) {
    return history.query(
        "EXPLAIN QUERY PLAN " + sql,
        statement -> {
          for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
            statement.setNull(i, Types.NULL);
          }
        },
        (row, i) -> row.getString("detail"));
  }
}
