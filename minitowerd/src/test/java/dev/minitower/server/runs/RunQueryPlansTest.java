package dev.minitower.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.identity.TokenHash;
import dev.minitower.model.lifecycle.RunStatus;
import dev.minitower.server.platform.database.QueryPlans;
import dev.minitower.server.runs.RunQueries.Filter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every list of runs walks along an index: none reads a table from end to end, none sorts more than
 * a page.
 */
class RunQueryPlansTest {
  private static final RunTextMatch MATCH = new RunTextMatch(1, "text");

  @TempDir static Path folder;
  private static QueryPlans plans;
  private static RunQueries runs;
  private static RunSearchQueries search;

  @BeforeAll
  static void open() {
    plans = new QueryPlans(folder);
    runs = new RunQueries(plans.jdbc());
    search = new RunSearchQueries(plans.jdbc());
  }

  @AfterAll
  static void close() {
    plans.close();
  }

  static List<Filter> filters() {
    List<RunStatus> some = List.of(RunStatus.FAILED, RunStatus.DEAD);
    return List.of(
        new Filter(1, null, List.of(), 100),
        new Filter(1, null, some, 100),
        new Filter(1, 7L, List.of(), 100),
        new Filter(1, 7L, some, 100));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void lists_and_searches_read_no_table_from_end_to_end(Filter filter) {
    String all =
        plans.of(
            () -> {
              var unusedList = runs.list(filter, 50, 0);
              var unusedNumbered = search.numbered(filter, 12);
              var unusedApps = search.appsNamed(filter, "text");
              var unusedOfApps = search.ofApps(filter, List.of(1L, 2L), 50);
              var unusedMany = search.ofManyApps(filter, "text", 50);
              var unusedTexts = search.holding(filter, MATCH, 50);
            });

    assertThat(all.lines().filter(step -> step.matches("SCAN (r|runs|a|apps|t|l|v)\\b.*")))
        .allMatch(step -> step.startsWith("SCAN t VIRTUAL TABLE INDEX"));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void a_text_is_looked_up_newest_first_without_sorting(Filter filter) {
    String plan = plans.of(() -> search.holding(filter, MATCH, 50));

    assertThat(plan.lines())
        .first()
        .asString()
        .as("the match, the newest first, from an id on")
        .startsWith("SCAN t VIRTUAL TABLE INDEX")
        .endsWith("M2<");
    assertThat(plan).contains("SEARCH r USING INTEGER PRIMARY KEY").doesNotContain("TEMP B-TREE");
  }

  @ParameterizedTest
  @MethodSource("filters")
  void many_apps_are_one_walk_along_the_teams_runs(Filter filter) {
    assertThat(plans.of(() -> search.ofManyApps(filter, "text", 50)))
        .contains("SEARCH r USING INDEX runs_by_team (team_id=? AND id<?)")
        .doesNotContain("TEMP B-TREE");
  }

  @Test
  void a_number_is_one_probe_for_each_of_the_teams_apps() {
    assertThat(plans.of(() -> search.numbered(filters().get(0), 12)))
        .contains(
            "SEARCH a USING COVERING INDEX",
            "SEARCH r USING INDEX sqlite_autoindex_runs_1 (app_id=? AND run_no=?");
  }

  @Test
  void the_summary_only_counts_in_indexes() {
    assertThat(plans.of(() -> runs.counts(1)).lines().filter(step -> step.contains("runs")))
        .isNotEmpty()
        .allMatch(step -> step.startsWith("SEARCH runs USING COVERING INDEX runs_by_team_status"));
  }

  @Test
  void each_of_many_heartbeats_is_looked_up_among_the_active_attempts() {
    LeaseHolder holder = new LeaseHolder(1, 1, TokenHash.of("lease"));
    AttemptRepository attempts = new AttemptRepository(plans.jdbc());

    String plan = plans.of(() -> attempts.extendAll(List.of(holder), Instant.EPOCH, Instant.EPOCH));

    assertThat(plan)
        .contains("SEARCH run_attempts USING INDEX run_attempts_one_active (run_id=?)")
        .doesNotContain("SCAN run_attempts", "TEMP B-TREE");
  }
}
