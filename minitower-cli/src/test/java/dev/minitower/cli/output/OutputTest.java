package dev.minitower.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
  private final Output pipe = Outputs.of(stream, false, Map.of());
  private final Output terminal = Outputs.of(stream, true, Map.of());

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
  void status_line_appears_after_half_a_second_and_is_wiped() {
    long started = System.nanoTime();
    WaitingLine line = WaitingLine.open(terminal, () -> "waiting");
    await().until(() -> printed().startsWith("\r\u001b[Kwaiting"));
    line.close();

    assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(499));
    assertThat(printed()).endsWith("waiting\r\u001b[K");
  }

  @Test
  void what_is_printed_meanwhile_stands_above_the_status_line() {
    terminal.status("waiting");
    terminal.line("hello");
    terminal.status("waiting");

    assertThat(printed()).isEqualTo("\r\u001b[Kwaiting\r\u001b[Khello\n\r\u001b[Kwaiting");
  }

  @Test
  void status_line_never_wraps() {
    terminal.status("waiting for " + "漢".repeat(80) + "\u0007");

    assertThat(printed()).isEqualTo("\r\u001b[Kwaiting for " + "漢".repeat(33) + "…");
  }

  @ParameterizedTest
  @CsvSource({"false,xterm", "true,dumb", "true,xterm"})
  void status_line_needs_a_terminal_whose_cursor_moves(boolean isTerminal, String kind) {
    Output other = Outputs.of(stream, isTerminal, Map.of("TERM", kind));

    assertThat(other.canRewrite()).isEqualTo(isTerminal && kind.equals("xterm"));
  }

  @Test
  void progress_tells_bytes_and_rate_behind_a_bar() {
    var now = new AtomicReference<>(Instant.EPOCH);
    try (var progress = new Progress(terminal, now::get, "uploading hello")) {
      assertThat(progress.text()).isEqualTo("uploading hello");

      now.set(Instant.EPOCH.plusSeconds(2));
      progress.update(5_000_000, 20_000_000);
      assertThat(progress.text())
          .isEqualTo(
              "uploading hello  "
                  + "━".repeat(7)
                  + "─".repeat(22)
                  + "  25 %  5.0 MB of 20 MB  2.5 MB/s");

      progress.update(20_000_000, 20_000_000);
      assertThat(progress.text()).contains("100 %  20 MB of 20 MB, waiting for the answer");
    }
  }

  @Test
  void narrow_terminal_gets_progress_without_a_bar() {
    var narrow = Outputs.of(stream, true, Map.of("COLUMNS", "48"));
    try (var progress = new Progress(narrow, () -> Instant.EPOCH, "uploading hello")) {
      progress.update(5_000_000, 20_000_000);

      assertThat(progress.text()).isEqualTo("uploading hello  25 %  5.0 MB of 20 MB");
    }
  }

  @Test
  void text_that_turns_the_order_of_characters_round_is_shown() {
    pipe.line("safe\u202egnp.exe\u2066\u2028");

    assertThat(printed()).isEqualTo("safe\\u202egnp.exe\\u2066\\u2028\n");
  }

  @ParameterizedTest
  @CsvSource({
    "auto,true,,xterm,true",
    "auto,true,1,xterm,false",
    "auto,true,,dumb,false",
    "auto,false,,xterm,false",
    "always,false,1,dumb,true",
    "never,true,,xterm,false"
  })
  void option_beats_the_environment_which_beats_the_terminal(
      ColourMode mode, boolean isTerminal, String noColor, String term, boolean coloured) {
    var environment = Map.of("TERM", term, "NO_COLOR", noColor == null ? "" : noColor);

    var output = new Output(stream, isTerminal, environment, () -> mode, () -> 80);

    assertThat(output.isColoured()).isEqualTo(coloured);
  }

  @ParameterizedTest
  @CsvSource({"true,120,120", "true,,80", "true,0,80", "true,wide,80", "true,5,20"})
  void width_is_what_columns_says_or_the_terminal(boolean isTerminal, String told, int columns) {
    var environment = Map.of("COLUMNS", told == null ? "" : told);

    assertThat(Outputs.of(stream, isTerminal, environment).columns()).isEqualTo(columns);
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
