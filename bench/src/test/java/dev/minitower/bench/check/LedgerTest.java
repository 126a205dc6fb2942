package dev.minitower.bench.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.bench.protocol.ListedRun;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();

  private void wholeLife(long runId) {
    ledger.created(runId);
    ledger.leased(runId, 1);
    ledger.ended(runId);
    ledger.listed(new ListedRun(runId, "completed", 0));
  }

  @Test
  void runs_that_lived_once_are_right() {
    for (long runId = 4090; runId < 4100; runId++) {
      wholeLife(runId);
    }

    assertThat(ledger.verdict()).isEmpty();
    assertThat(ledger.createdCount()).isEqualTo(10);
    assertThat(ledger.leasedCount()).isEqualTo(10);
    assertThat(ledger.endedCount()).isEqualTo(10);
  }

  @Test
  void a_runner_may_be_faster_than_the_answer_to_the_creator() {
    ledger.leased(7, 1);
    ledger.created(7);
    ledger.ended(7);
    ledger.listed(new ListedRun(7, "completed", 0));

    assertThat(ledger.verdict()).isEmpty();
  }

  @Test
  void an_acknowledged_run_that_nobody_got_is_lost() {
    wholeLife(1);
    ledger.created(2);
    ledger.listed(new ListedRun(2, "queued", 0));

    assertThat(ledger.verdict())
        .containsExactly("run 2 is queued at the end", "run 2 was created and never leased");
  }

  @Test
  void a_run_that_is_in_no_list_is_lost() {
    wholeLife(1);
    ledger.created(2);
    ledger.leased(2, 1);
    ledger.ended(2);

    assertThat(ledger.verdict()).containsExactly("run 2 was created, and is in no list");
  }

  @Test
  void a_run_without_a_result_is_seen() {
    ledger.created(2);
    ledger.leased(2, 1);
    ledger.listed(new ListedRun(2, "completed", 0));

    assertThat(ledger.verdict()).containsExactly("run 2 was leased and its result never taken");
  }

  @Test
  void a_lease_to_two_at_once_is_seen() {
    wholeLife(1);
    ledger.created(2);
    ledger.leased(2, 1);
    ledger.leased(2, 1);
    ledger.ended(2);
    ledger.listed(new ListedRun(2, "completed", 0));

    assertThat(ledger.verdict())
        .containsExactly("run 2 was leased again while another runner had it");
  }

  @Test
  void a_lease_after_the_end_is_seen() {
    wholeLife(2);
    ledger.leased(2, 2);

    assertThat(ledger.verdict())
        .containsExactly("run 2 was leased again after its end", "run 2 was leased as attempt 2");
  }

  @Test
  void a_second_result_a_second_id_and_a_second_row_are_seen() {
    wholeLife(2);
    ledger.ended(2);
    ledger.created(2);
    ledger.listed(new ListedRun(2, "completed", 0));

    assertThat(ledger.verdict())
        .containsExactly("run 2 ended twice", "run 2 was created twice", "run 2 is listed twice");
  }

  @Test
  void a_run_that_the_server_tells_otherwise_is_seen() {
    ledger.created(2);
    ledger.leased(2, 1);
    ledger.ended(2);
    ledger.listed(new ListedRun(2, "failed", 1));

    assertThat(ledger.verdict())
        .containsExactly("run 2 is failed at the end", "run 2 was tried 2 times");
  }

  @Test
  void a_run_that_nobody_created_is_seen_unless_a_create_had_no_answer() {
    wholeLife(1);
    ledger.createdPerhaps();
    ledger.listed(new ListedRun(2, "completed", 0));
    assertThat(ledger.verdict()).isEmpty();

    ledger.listed(new ListedRun(3, "completed", 0));

    assertThat(ledger.verdict()).containsExactly("2 runs that nobody here created, 1 may be ours");
  }

  @Test
  void many_problems_are_counted_and_a_few_shown() {
    for (long runId = 1; runId <= 1000; runId++) {
      ledger.created(runId);
    }

    assertThat(ledger.verdict()).hasSize(21).last().isEqualTo("and 980 more");
  }
}
