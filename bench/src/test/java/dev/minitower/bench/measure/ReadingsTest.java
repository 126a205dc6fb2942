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
  void the_heap_is_the_sum_of_the_generations() {
    String serial =
        """
        4711:
         def new generation   total 78656K, used 1200K [0x1, 0x2, 0x3)
          eden space 69952K,   1% used [0x1, 0x2, 0x3)
         tenured generation   total 174784K, used 30000K [0x1, 0x2, 0x3)
           the space 174784K,  17% used [0x1, 0x2, 0x3)
         Metaspace       used 55000K, committed 55360K, reserved 1114112K
          class space    used 7000K, committed 7232K, reserved 1048576K
        """;
    String g1 =
        """
        4711:
         garbage-first heap   total 262144K, used 12345K [0x1, 0x2)
          region size 1024K, 3 young (3072K), 0 survivors (0K)
         Metaspace       used 55000K, committed 55360K, reserved 1114112K
        """;

    assertThat(JavaHeap.usedKib(serial)).hasValue(31_200);
    assertThat(JavaHeap.usedKib(g1)).hasValue(12_345);
    assertThat(JavaHeap.usedKib("no such process")).isEmpty();
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
