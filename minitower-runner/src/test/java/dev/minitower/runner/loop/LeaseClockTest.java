package dev.minitower.runner.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseClockTest {
  private long monotonic = 1_000;
  private long sinceBoot = 5_000_000_000L;
  private Instant wall = Instant.parse("2026-02-08T12:00:00Z");

  private final LeaseClock clock = new LeaseClock(() -> monotonic, () -> sinceBoot, () -> wall);

  @Test
  void while_nothing_happens_it_is_the_monotonic_clock() {
    long before = clock.getAsLong();
    pass(Duration.ofSeconds(7));

    assertThat(clock.getAsLong() - before).isEqualTo(Duration.ofSeconds(7).toNanos());
  }

  @Test
  void sleep_of_the_machine_counts() {
    long before = clock.getAsLong();
    sinceBoot += Duration.ofMinutes(3).toNanos();
    wall = wall.plus(Duration.ofMinutes(3));

    assertThat(clock.getAsLong() - before).isEqualTo(Duration.ofMinutes(3).toNanos());
    pass(Duration.ofSeconds(1));
    assertThat(clock.getAsLong() - before).isEqualTo(Duration.ofSeconds(181).toNanos());
  }

  @Test
  void pause_that_only_the_wall_clock_shows_counts_because_a_virtual_machine_may_be_paused() {
    long before = clock.getAsLong();
    wall = wall.plus(Duration.ofHours(1));

    assertThat(clock.getAsLong() - before).isEqualTo(Duration.ofHours(1).toNanos());
  }

  @Test
  void wall_clock_that_is_set_back_or_corrected_a_little_changes_nothing() {
    long before = clock.getAsLong();
    wall = wall.minus(Duration.ofHours(1));
    assertThat(clock.getAsLong()).isEqualTo(before);

    wall = wall.plusMillis(900);
    assertThat(clock.getAsLong()).isEqualTo(before);
  }

  private void pass(Duration time) {
    monotonic += time.toNanos();
    sinceBoot += time.toNanos();
    wall = wall.plus(time);
  }
}
