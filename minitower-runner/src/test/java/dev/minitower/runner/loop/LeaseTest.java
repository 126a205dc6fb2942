package dev.minitower.runner.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Duration TTL = Duration.ofSeconds(60);
  private static final Duration MARGIN = Duration.ofSeconds(15);

  /** Begins near the overflow of the clock, which a long-lived machine reaches. */
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000);

  private final Lease lease = new Lease(nanoTime::get, MARGIN, TTL);

  @Test
  void lease_is_given_up_one_margin_before_the_server_may_hand_the_run_on() {
    advance(Duration.ofSeconds(45).minusNanos(1));
    assertThat(lease.isLost()).isFalse();

    advance(Duration.ofNanos(1));
    assertThat(lease.isLost()).isTrue();
  }

  @Test
  void renewal_counts_from_the_sending_of_the_call_however_late_the_answer() {
    long sent = nanoTime.get();
    advance(Duration.ofSeconds(40));

    lease.renewed(sent + Duration.ofSeconds(10).toNanos(), TTL);

    assertThat(lease.remaining()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void answer_that_overtook_a_later_one_takes_nothing_away() {
    long first = nanoTime.get();
    advance(Duration.ofSeconds(20));
    lease.renewed(nanoTime.get(), TTL);

    lease.renewed(first, TTL);

    assertThat(lease.remaining()).isEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void answer_after_the_deadline_revives_nothing_even_if_nobody_had_looked() {
    long sent = nanoTime.get();
    advance(Duration.ofSeconds(45));

    lease.renewed(sent + Duration.ofSeconds(44).toNanos(), TTL);

    assertThat(lease.isLost()).isTrue();
  }

  @Test
  void servers_word_ends_it_at_once_and_for_ever() {
    lease.lose();
    lease.renewed(nanoTime.get(), TTL);
    lease.workIsOver();

    assertThat(lease.isLost()).isTrue();
  }

  @Test
  void outcome_of_work_that_ended_in_time_outlives_the_deadline() {
    advance(Duration.ofSeconds(44));
    lease.workIsOver();
    advance(Duration.ofHours(1));

    assertThat(lease.isLost()).isFalse();
  }

  @Test
  void work_that_ended_after_the_deadline_reports_nothing() {
    advance(Duration.ofSeconds(45));
    lease.workIsOver();

    assertThat(lease.isLost()).isTrue();
  }

  private void advance(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }
}
