package dev.minitower.bench.mode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.bench.measure.Report;
import org.junit.jupiter.api.Test;

class GoalTest {
  @Test
  void a_rate_must_reach_its_limit() {
    assertThat(Goal.CYCLES.verdict(3000)).isEqualTo("aim");
    assertThat(Goal.CYCLES.verdict(2999)).isEqualTo("must");
    assertThat(Goal.CYCLES.verdict(1200)).isEqualTo("must");
    assertThat(Goal.CYCLES.verdict(1199)).isEqualTo("MISSED");
  }

  @Test
  void a_cost_must_stay_within_its_limit() {
    assertThat(Goal.LEASE_P50.verdict(1.5)).isEqualTo("aim");
    assertThat(Goal.LEASE_P50.verdict(5)).isEqualTo("must");
    assertThat(Goal.LEASE_P50.verdict(5.1)).isEqualTo("MISSED");
    assertThat(Goal.MISSED.verdict(0)).isEqualTo("aim");
    assertThat(Goal.MISSED.verdict(1)).isEqualTo("MISSED");
  }

  @Test
  void a_line_shows_the_figure_of_the_report_or_that_there_is_none() {
    var report = new Report("quick");

    assertThat(Goal.CYCLES.line(report)).endsWith("not measured");
    report.put("steady_cycles_per_second", 1234.0);

    assertThat(Goal.CYCLES.line(report)).contains("1,200").contains("3,000").contains("1,234");
  }
}
