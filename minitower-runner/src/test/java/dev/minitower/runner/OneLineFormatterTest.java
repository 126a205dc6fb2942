package dev.minitower.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class OneLineFormatterTest {
  @Test
  void record_is_one_line_with_time_and_level() {
    var record = new LogRecord(Level.INFO, "attempt started run=1234\r\nforged line");
    record.setInstant(Instant.parse("2026-02-08T12:34:56.789Z"));

    assertThat(new OneLineFormatter().format(record))
        .isEqualTo("2026-02-08T12:34:56.789Z INFO attempt started run=1234 | forged line\n");
  }

  @Test
  void trace_follows_the_line() {
    var record = new LogRecord(Level.SEVERE, "broken");
    record.setThrown(new IllegalStateException("why"));

    assertThat(new OneLineFormatter().format(record))
        .contains("SEVERE broken\njava.lang.IllegalStateException: why\n\tat ");
  }
}
