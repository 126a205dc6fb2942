package dev.minitower.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
  private final Histogram times = new Histogram();

  @Test
  void nothing_has_no_time() {
    assertThat(times.count()).isZero();
    assertThat(times.percentileNanos(50)).isZero();
    assertThat(times.maxNanos()).isZero();
  }

  @Test
  void small_values_are_exact() {
    for (int i = 1; i <= 100; i++) {
      times.record(i);
    }

    assertThat(times.percentileNanos(50)).isEqualTo(50);
    assertThat(times.percentileNanos(90)).isEqualTo(90);
    assertThat(times.percentileNanos(99)).isEqualTo(99);
    assertThat(times.percentileNanos(99.5)).isEqualTo(100);
    assertThat(times.percentileNanos(100)).isEqualTo(100);
  }

  @Test
  void one_slow_of_a_hundred_shows_above_the_99th() {
    for (int i = 0; i < 99; i++) {
      times.record(1_000_000);
    }
    times.record(500_000_000);

    assertThat(times.percentileNanos(99)).isCloseTo(1_000_000, within(10_000L));
    assertThat(times.percentileNanos(99.1)).isEqualTo(500_000_000);
    assertThat(times.maxNanos()).isEqualTo(500_000_000);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 10, 50, 90, 99, 99.9})
  void a_percentile_is_within_one_percent_of_the_sorted_value(double percent) {
    var random = new Random(42);
    long[] all = random.longs(20_000, 100, 3_000_000_000L).toArray();
    Arrays.stream(all).forEach(times::record);
    Arrays.sort(all);

    long exact = all[(int) Math.ceil(all.length * percent / 100) - 1];

    assertThat(times.count()).isEqualTo(all.length);
    assertThat((double) times.percentileNanos(percent))
        .isCloseTo((double) exact, within((double) exact * 0.01));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 127, 128, 255, 256, 1L << 40, Long.MAX_VALUE})
  void every_value_has_a_place(long value) {
    times.record(value);

    assertThat(times.percentileNanos(50)).isEqualTo(value);
  }
}
