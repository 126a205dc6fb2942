package dev.minitower.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MonotonicClockTest {
  private static final Instant NOON = Instant.parse("2026-02-08T12:00:00Z");

  private long nanos = -5;

  private MonotonicClock clock(Instant wallTime, Instant newestKnown) {
    return new MonotonicClock(wallTime, newestKnown, () -> nanos);
  }

  @Test
  void it_starts_at_the_wall_clock_and_goes_by_the_time_that_passed() {
    MonotonicClock clock = clock(NOON, NOON.minusSeconds(1));
    assertThat(clock.instant()).isEqualTo(NOON);

    nanos += Duration.ofMinutes(90).toNanos();
    assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(90)));
  }

  @Test
  void a_server_whose_wall_clock_was_set_back_goes_on_where_it_was() {
    MonotonicClock clock = clock(NOON.minus(Duration.ofHours(1)), NOON);

    assertThat(clock.instant()).isEqualTo(NOON);
    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  void times_are_whole_milliseconds() {
    MonotonicClock clock = clock(NOON.plusNanos(1_999_999), Instant.EPOCH);
    assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1));

    nanos += 1_999_999;
    assertThat(clock.instant()).isEqualTo(NOON.plusMillis(2));
  }

  @Test
  void the_jvms_counter_may_overflow() {
    nanos = Long.MAX_VALUE - 10;
    MonotonicClock clock = clock(NOON, NOON);

    nanos += Duration.ofSeconds(2).toNanos();

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(2));
  }
}
