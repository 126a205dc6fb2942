package dev.minitower.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Output pipe = new Output(stream, false, Map.of());
  private final Output terminal = new Output(stream, true, Map.of());

  @Test
  void log_line_reaches_a_pipe_byte_for_byte() {
    pipe.logLine("\u001b[32mgreen\u001b[0m\tü€😀\u0085\r");

    assertThat(printed()).isEqualTo("\u001b[32mgreen\u001b[0m\tü€😀\u0085\r\n");
  }

  @Test
  void log_line_cannot_drive_a_terminal() {
    terminal.logLine("\u001b]0;title\u0007\tü€😀\u009b2J\r\u007f");

    assertThat(printed()).isEqualTo("\\u001b]0;title\\u0007\tü€😀\\u009b2J\\r\\u007f\n");
  }

  @Test
  void sentence_keeps_to_its_line_wherever_it_goes() {
    pipe.line("a\nb\tc");

    assertThat(printed()).isEqualTo("a\\nb\\tc\n");
  }

  @Test
  void json_reaches_a_pipe_as_the_server_wrote_it() {
    pipe.json("{\"a\": 1.50,\n \"b\": \"\u0085\"}\n");

    assertThat(printed()).isEqualTo("{\"a\": 1.50,\n \"b\": \"\u0085\"}\n");
  }

  @Test
  void json_on_a_terminal_is_harmless_and_means_the_same() {
    terminal.json("{\"b\": \"\u009b2J\"}");

    assertThat(printed()).isEqualTo("{\"b\": \"\\u009b2J\"}\n");
  }

  @Test
  void progress_appears_after_half_a_second_and_is_wiped() {
    var now = new AtomicReference<>(Instant.EPOCH);
    try (var progress = new Progress(terminal, now::get, "uploading")) {
      progress.update(100, 1000);
      assertThat(printed()).isEmpty();

      now.set(Instant.EPOCH.plusMillis(600));
      progress.update(500, 1000);
      assertThat(printed()).isEqualTo("\r\u001b[Kuploading 500 B of 1.0 kB (50 %)");
    }

    assertThat(printed()).endsWith("\r\u001b[K");
  }

  @Test
  void progress_is_not_for_pipes() {
    var now = new AtomicReference<>(Instant.EPOCH);
    try (var progress = new Progress(pipe, now::get, "uploading")) {
      now.set(Instant.EPOCH.plusSeconds(5));
      progress.update(500, 1000);
    }

    assertThat(printed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S,just now",
    "PT4.9S,just now",
    "PT-3S,just now",
    "PT42S,42 s ago",
    "PT5M59S,5 min ago",
    "PT23H,23 h ago",
    "PT24H,1 day ago",
    "P29D,29 days ago",
    "P31D,2026-01-08",
    "PT-90M,in 1 h",
    "P-3D,in 3 days"
  })
  void times_are_told_from_now(Duration past, String words) {
    Instant now = Instant.parse("2026-02-08T12:00:00Z");

    assertThat(HumanText.ago(now.minus(past), now)).isEqualTo(words);
  }

  @Test
  void time_that_is_none_stays_as_it_is() {
    assertThat(HumanText.ago("yesterday", Instant.EPOCH)).isEqualTo("yesterday");
    assertThat(HumanText.ago("", Instant.EPOCH)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "999,999 B",
    "1000,1.0 kB",
    "12345,12 kB",
    "999499,999 kB",
    "999500,1.0 MB",
    "104857600,105 MB",
    "2147483648,2.1 GB"
  })
  void sizes_have_three_figures_at_most(long size, String words) {
    assertThat(HumanText.size(size)).isEqualTo(words);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
