package dev.minitower.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.model.api.ErrorCode;
import dev.minitower.server.TestClock;
import dev.minitower.server.platform.web.ApiException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginLimiterTest {
  private final TestClock clock = new TestClock();
  private final LoginLimiter limiter = new LoginLimiter(clock);

  private void fail(int times, String slug, String address) {
    for (int i = 0; i < times; i++) {
      limiter.attempt(slug, address);
    }
  }

  private void assertRefused(String slug, String address, Duration retryAfter) {
    assertThatThrownBy(() -> limiter.attempt(slug, address))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
              assertThat(refusal.retryAfter()).hasValue(retryAfter);
            });
  }

  @Test
  void ten_failures_are_let_through_and_then_one_every_half_minute() {
    fail(10, "acme", "192.0.2.1");
    assertRefused("acme", "192.0.2.1", Duration.ofSeconds(30));

    clock.advance(Duration.ofMillis(29_500));
    assertRefused("acme", "192.0.2.1", Duration.ofSeconds(1));

    clock.advance(Duration.ofMillis(500));
    assertThatCode(() -> limiter.attempt("acme", "192.0.2.1")).doesNotThrowAnyException();
    assertRefused("acme", "192.0.2.1", Duration.ofSeconds(30));
  }

  @Test
  void a_success_costs_nothing() {
    for (int i = 0; i < 50; i++) {
      limiter.attempt("acme", "192.0.2.1");
      limiter.succeeded("acme", "192.0.2.1");
    }

    fail(10, "acme", "192.0.2.1");
    assertRefused("acme", "192.0.2.1", Duration.ofSeconds(30));
  }

  @Test
  void a_success_does_not_forgive_the_failures_before_it() {
    fail(9, "acme", "192.0.2.1");
    limiter.attempt("acme", "192.0.2.1");
    limiter.succeeded("acme", "192.0.2.1");

    fail(1, "acme", "192.0.2.1");
    assertRefused("acme", "192.0.2.1", Duration.ofSeconds(30));
  }

  @Test
  void teams_and_addresses_are_counted_apart() {
    fail(10, "acme", "192.0.2.1");

    assertThatCode(() -> limiter.attempt("acme", "192.0.2.2")).doesNotThrowAnyException();
    assertThatCode(() -> limiter.attempt("other", "192.0.2.1")).doesNotThrowAnyException();
  }

  @Test
  void names_that_no_team_can_have_are_counted_together() {
    for (int i = 0; i < 10; i++) {
      limiter.attempt("Not A Team " + i, "192.0.2.1");
    }

    assertRefused("NEITHER THIS", "192.0.2.1", Duration.ofSeconds(30));
  }
}
