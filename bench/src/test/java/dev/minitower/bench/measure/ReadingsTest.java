package dev.minitower.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingsTest {
  @Test
  void cpu_time_is_user_and_system_also_behind_an_odd_name() {
    String stat = "4711 (java) 1 (x) S 1 4711 4711 0 -1 4194560 5 0 0 0 120 30 7 9 20 0 33 0 1 2 3";

    assertThat(ProcessUsage.cpuMicros(stat)).isEqualTo(1_500_000);
  }

  @Test
  void cpu_time_of_this_process_grows() {
    ProcessUsage self = ProcessUsage.ofThisProcess();
    long before = self.cpuMicros();
    long sum = 0;
    while (self.cpuMicros() == before) {
      sum += System.nanoTime() % 7;
    }

    assertThat(sum).isPositive();
    assertThat(self.residentKib()).isPositive();
    assertThat(self.threads()).isPositive();
  }

  @Test
  void the_heap_is_the_total_of_its_classes() {
    String histogram =
        """
        4711:
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:         50000        5000000  [B (java.base@17.0.15)
           2:             1             24  Total
        Total        500001       41943040
        """;

    assertThat(JavaHeap.liveKib(histogram)).hasValue(40_960);
    assertThat(JavaHeap.liveKib("no such process")).isEmpty();
  }

  @Test
  void a_metric_is_the_sum_over_its_labels() {
    var metrics =
        new Metrics(
            """
            # HELP minitower_commits_total made
            minitower_commits_total 12.0
            minitower_runs_created_total{app="a",team="t"} 3.0
            minitower_runs_created_total{app="b",team="t"} 4.0
            minitower_runs_created_total_other 100
            """);

    assertThat(metrics.sum("minitower_commits_total")).hasValue(12);
    assertThat(metrics.sum("minitower_runs_created_total")).hasValue(7);
    assertThat(metrics.sum("minitower_units_total")).isEmpty();
  }

  @Test
  void a_heap_that_goes_up_and_down_is_flat_and_one_that_climbs_is_not() {
    var sawtooth = Arrays.asList(60e3, 62e3, 59e3, 63e3, 60e3, 61e3);
    var climbing = Arrays.asList(60e3, 65e3, 70e3, 75e3, 80e3, 85e3);

    assertThat(Flatness.isFlat(sawtooth)).isTrue();
    assertThat(Flatness.isFlat(climbing)).isFalse();
    assertThat(Flatness.isFlat(Collections.nCopies(1, 60e3))).isTrue();
    assertThat(Flatness.lastToFirst(climbing)).isEqualTo(82.5 / 62.5);
  }

  @Test
  void the_median_is_the_middle() {
    assertThat(Median.of(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(Median.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
  }
}
