package dev.minitower.bench.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.bench.protocol.LogLines;
import org.junit.jupiter.api.Test;

class LogCheckTest {
  private static final long RUN = 42;

  private final LogCheck check = new LogCheck(RUN, 3);

  private void see(long... seqs) {
    for (long seq : seqs) {
      check.accept(LogLines.line(RUN, seq), seq);
    }
  }

  @Test
  void each_line_once_and_in_order_is_right() {
    see(1, 2, 3);

    assertThat(check.verdict()).isNull();
  }

  @Test
  void a_missing_line_is_seen() {
    see(1, 3);

    assertThat(check.verdict())
        .isEqualTo("in the log of run 42 line 2 is missing, line 3 comes next");
  }

  @Test
  void a_missing_end_is_seen() {
    see(1, 2);

    assertThat(check.verdict()).isEqualTo("the log of run 42 has 2 lines of 3");
  }

  @Test
  void a_log_that_is_not_there_is_seen() {
    assertThat(check.verdict()).isEqualTo("the log of run 42 has 0 lines of 3");
  }

  @Test
  void a_line_too_many_is_seen() {
    see(1, 2, 3, 4);

    assertThat(check.verdict()).isEqualTo("the log of run 42 has 4 lines of 3");
  }

  @Test
  void a_doubled_line_is_seen() {
    see(1, 2, 2, 3);

    assertThat(check.verdict()).isEqualTo("in the log of run 42 line 2 comes again after line 2");
  }

  @Test
  void the_line_of_another_run_is_seen() {
    see(1);
    check.accept(LogLines.line(43, 2), 2);
    see(3);

    assertThat(check.verdict()).startsWith("in the log of run 42 line 2 reads 'INFO  Batch run 0");
  }
}
