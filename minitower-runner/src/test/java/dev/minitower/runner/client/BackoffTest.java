package dev.minitower.runner.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofSeconds(5));

  @Test
  void pauses_double_up_to_the_longest_with_half_of_each_left_to_chance() {
    long expected = 100;
    for (int i = 0; i < 20; i++) {
      assertThat(backoff.next())
          .isBetween(Duration.ofMillis(expected / 2), Duration.ofMillis(expected));
      expected = Math.min(expected * 2, 5_000);
    }
  }

  @Test
  void pause_that_the_server_asks_for_is_kept() {
    assertThat(backoff.next(Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void success_begins_anew() {
    for (int i = 0; i < 10; i++) {
      assertThat(backoff.next()).isPositive();
    }

    backoff.reset();

    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
  }
}
