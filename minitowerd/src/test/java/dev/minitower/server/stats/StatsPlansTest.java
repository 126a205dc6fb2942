package dev.minitower.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.platform.database.QueryPlans;
import dev.minitower.server.stats.StatsQueries.HourRange;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures come from indexes and the roll-up, however many runs there are. */
class StatsPlansTest {
  @TempDir static Path folder;
  private static QueryPlans plans;
  private static StatsQueries stats;
  private static RecentRunQueries recent;

  @BeforeAll
  static void open() {
    plans = new QueryPlans(folder);
    stats = new StatsQueries(plans.jdbc());
    recent = new RecentRunQueries(plans.jdbc());
  }

  @AfterAll
  static void close() {
    plans.close();
  }

  @Test
  void a_teams_hours_are_one_stretch_of_the_roll_up() {
    assertThat(plans.of(() -> stats.hours(1, new HourRange(1, 2))))
        .isEqualTo("SEARCH run_hours USING PRIMARY KEY (team_id=? AND hour>? AND hour<?)");
  }

  @Test
  void an_apps_hours_are_one_probe_each() {
    assertThat(plans.of(() -> stats.hoursOfApp(1, 1, new HourRange(1, 2))))
        .contains("SEARCH h USING PRIMARY KEY (team_id=? AND hour=? AND app_id=?)");
  }

  @Test
  void an_apps_last_runs_are_found_without_a_look_at_its_queue() {
    assertThat(plans.of(() -> recent.lastFinished(List.of(1L, 2L), 50)))
        .contains(
            "SEARCH runs USING COVERING INDEX runs_finished_of_app (app_id=? AND finished_at>?)",
            "SEARCH r USING INTEGER PRIMARY KEY (rowid=?)")
        .doesNotContain("SCAN r");
  }

  @Test
  void a_queue_is_counted_in_its_index() {
    String plan = plans.of(() -> stats.environments(1));

    assertThat(plan)
        .contains("SCAN runs USING COVERING INDEX runs_queue")
        .contains("SEARCH runs USING INDEX runs_by_team_status (team_id=? AND status=?)");
    assertThat(plan.lines()).noneMatch(step -> step.matches("SCAN (runs|e)(?! USING COVERING).*"));
  }
}
