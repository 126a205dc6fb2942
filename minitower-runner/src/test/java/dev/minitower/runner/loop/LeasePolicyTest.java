package dev.minitower.runner.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeasePolicyTest {
  private static final Duration TTL = Duration.ofSeconds(60);

  @Test
  void margin_of_half_the_lease_is_the_most() {
    assertThat(policy(25).problemWith(TTL)).isEmpty();
    assertThat(policy(26).problemWith(TTL))
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .contains("MINITOWER_KILL_GRACE_PERIOD=26000ms")
                    .contains("leases of 60 s")
                    .contains("at most 25000ms"));
  }

  @Test
  void message_never_allows_less_than_nothing() {
    assertThat(policy(1).problemWith(Duration.ofSeconds(2)))
        .hasValueSatisfying(problem -> assertThat(problem).contains("at most 0ms"));
  }

  private static LeasePolicy policy(int graceSeconds) {
    return new LeasePolicy(
        1,
        Duration.ofSeconds(graceSeconds),
        Duration.ofSeconds(5),
        Duration.ofSeconds(3),
        Duration.ZERO);
  }
}
