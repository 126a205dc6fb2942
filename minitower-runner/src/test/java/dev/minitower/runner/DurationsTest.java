package dev.minitower.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({"500ms,500", "3s,3000", "1m30s,90000", "2h,7200000", "0s,0", "1m1ms,60001"})
  void times_are_read_as_people_write_them(String text, long millis) {
    assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "s", "-1s", "1.5s", "3 s", "3S", "1s1m", "10000000s"})
  void anything_else_is_not_a_time(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }
}
