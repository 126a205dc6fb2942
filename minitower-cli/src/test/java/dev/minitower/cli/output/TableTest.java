package dev.minitower.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void columns_are_aligned_and_nothing_is_cut() {
    String longName = "a-very-long-name-".repeat(20);
    var table = Table.withColumns("RUN", "APP", "STATUS");
    table.row("1", longName, "queued");
    table.row("1234", "hi", "");

    table.printTo(new Output(stream, false, Map.of()));

    assertThat(printed().lines())
        .containsExactly(
            "RUN   " + "APP" + " ".repeat(longName.length() - 3) + "  STATUS",
            "1     " + longName + "  queued",
            "1234  hi" + " ".repeat(longName.length() - 2) + "  -");
  }

  @Test
  void colour_is_for_terminals_and_does_not_move_columns() {
    var table = Table.withColumns("STATUS", "APP");
    table.row("failed", "a");
    table.row("completed", "b");

    table.printTo(new Output(stream, true, Map.of()));

    assertThat(printed())
        .contains("\u001b[31mfailed\u001b[0m     a")
        .contains("\u001b[32mcompleted");
  }

  @Test
  void no_color_is_respected() {
    var table = Table.withColumns("STATUS");
    table.row("failed");

    table.printTo(new Output(stream, true, Map.of("NO_COLOR", "1")));

    assertThat(printed()).isEqualTo("STATUS\nfailed\n");
  }

  @Test
  void pipe_gets_no_colour() {
    var table = Table.withColumns("STATUS");
    table.row("failed");

    table.printTo(new Output(stream, false, Map.of()));

    assertThat(printed()).doesNotContain("\u001b");
  }

  @Test
  void control_characters_in_a_cell_are_shown() {
    var table = Table.withColumns("NAME", "X");
    table.row("a\u001b[31m\nb", "1");

    table.printTo(new Output(stream, true, Map.of("NO_COLOR", "1")));

    assertThat(printed()).isEqualTo("NAME            X\na\\u001b[31m\\nb  1\n");
  }

  @Test
  void row_with_a_cell_too_few_is_a_mistake() {
    var table = Table.withColumns("A", "B");

    assertThatThrownBy(() -> table.row("1")).hasMessage("1 cells under 2 headings");
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
