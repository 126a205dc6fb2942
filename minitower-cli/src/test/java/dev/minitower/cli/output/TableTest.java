package dev.minitower.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void columns_are_aligned_and_nothing_is_cut() {
    String longName = "a-very-long-name-".repeat(20);
    var table = Table.withColumns("RUN", "APP", "STATUS");
    table.row("1", longName, "queued");
    table.row("1234", "hi", "");

    table.printTo(Outputs.of(stream, false, Map.of()));

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

    table.printTo(Outputs.of(stream, true, Map.of()));

    assertThat(printed())
        .contains("\u001b[31m✗ failed\u001b[0m     a")
        .contains("\u001b[32m✓ completed");
  }

  @Test
  void wide_and_joined_characters_keep_the_columns_straight() {
    var table = Table.withColumns("APP", "X");
    table.row("漢字かな", "1");
    table.row("한국어", "2");
    table.row("e\u0301a", "3");
    table.row("👩\u200d💻👍🏽", "4");
    table.row("🇩🇪❤\ufe0f", "5");
    table.row("ﾊﾝｶｸ", "6");

    table.printTo(Outputs.of(stream, false, Map.of()));

    assertThat(printed())
        .isEqualTo(
            """
            APP       X
            漢字かな  1
            한국어    2
            e\u0301a        3
            👩\u200d💻👍🏽      4
            🇩🇪❤\ufe0f      5
            ﾊﾝｶｸ      6
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60 | RUN   APP               STATUS     NOTE"
            + " | 1234  the-quick-漢字    completed  a remark that nobody has…",
        "48 | RUN   APP               STATUS     NOTE"
            + " | 1234  the-quick-漢字    completed  a remark tha…",
        "40 | RUN   APP               STATUS" + " | 1234  the-quick-漢字    completed",
        "30 | RUN   APP            STATUS" + " | 1234  the-quick-漢…  completed"
      })
  void least_important_column_gives_way_then_the_widest(int columns, String heading, String row) {
    var table = Table.withColumns("RUN", "APP", "STATUS", "NOTE").leastImportant("NOTE");
    table.row("1234", "the-quick-漢字", "completed", "a remark that nobody has to read to its end");
    table.row("5", "sixteen-columns!", "queued", "short");
    var terminal = Outputs.of(stream, true, Map.of("COLUMNS", "" + columns, "NO_COLOR", "1"));

    table.printTo(terminal);

    assertThat(printed().lines().map(String::stripTrailing)).startsWith(heading, row);
    assertThat(printed().lines()).allMatch(line -> DisplayWidth.of(line) <= columns);
  }

  @Test
  void least_important_column_must_be_one_of_the_table() {
    var table = Table.withColumns("RUN");

    assertThatThrownBy(() -> table.leastImportant("NOTE")).hasMessage("no column NOTE");
  }

  @Test
  void no_color_is_respected() {
    var table = Table.withColumns("STATUS");
    table.row("failed");

    table.printTo(Outputs.of(stream, true, Map.of("NO_COLOR", "1")));

    assertThat(printed()).isEqualTo("STATUS\nfailed\n");
  }

  @Test
  void pipe_gets_no_colour() {
    var table = Table.withColumns("STATUS");
    table.row("failed");

    table.printTo(Outputs.of(stream, false, Map.of()));

    assertThat(printed()).doesNotContain("\u001b");
  }

  @Test
  void control_characters_in_a_cell_are_shown() {
    var table = Table.withColumns("NAME", "X");
    table.row("a\u001b[31m\nb", "1");

    table.printTo(Outputs.of(stream, true, Map.of("NO_COLOR", "1")));

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
