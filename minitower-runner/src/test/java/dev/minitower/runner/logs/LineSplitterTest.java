package dev.minitower.runner.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter = new LineSplitter(lines::add);

  @Test
  void both_line_ends_end_a_line_and_empty_lines_stay() {
    feed("one\ntwo\r\n\nfour\n");

    assertThat(lines).containsExactly("one", "two", "", "four");
  }

  @Test
  void last_line_needs_no_line_end() {
    feed("one\ntwo");

    assertThat(lines).containsExactly("one", "two");
  }

  @Test
  void no_output_is_no_line() {
    feed("");

    assertThat(lines).isEmpty();
  }

  @Test
  void lone_carriage_returns_stay_in_their_line() {
    feed("10%\r20%\r\r\nend\r");

    assertThat(lines).containsExactly("10%\r20%\r", "end\r");
  }

  @Test
  void bytes_that_are_not_utf8_are_replaced_and_what_follows_is_kept() {
    splitter.accept(new byte[] {'a', (byte) 0xFF, (byte) 0xC3, 'b', '\n', 'c', '\n'}, 7);

    assertThat(lines).containsExactly("a\uFFFD\uFFFDb", "c");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8192})
  void line_is_the_same_however_its_bytes_arrive(int chunkBytes) {
    String text = "grün €uro 😀 line\nnext\r\n";
    byte[] bytes = text.getBytes(UTF_8);
    for (int from = 0; from < bytes.length; from += chunkBytes) {
      byte[] chunk =
          java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + chunkBytes));
      splitter.accept(chunk, chunk.length);
    }

    assertThat(lines).containsExactly("grün €uro 😀 line", "next");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void line_of_exactly_the_limit_stays_one(String lineEnd) {
    String line = "x".repeat(LineSplitter.MAX_BYTES);

    feed(line + lineEnd + "next\n");

    assertThat(lines).containsExactly(line, "next");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "€", "😀", "x€", "xy😀"})
  void long_line_is_cut_between_characters_and_loses_nothing(String pattern) {
    String line = pattern.repeat(10_000);

    feed(line + "\n");

    assertThat(lines).hasSizeGreaterThan(1);
    assertThat(String.join("", lines)).isEqualTo(line);
    assertThat(lines)
        .allSatisfy(
            piece -> {
              assertThat(piece.getBytes(UTF_8).length).isLessThanOrEqualTo(LineSplitter.MAX_BYTES);
              assertThat(piece).doesNotContain("\uFFFD");
            });
  }

  @Test
  void garbage_of_any_kind_never_makes_a_line_over_the_limit() {
    byte[] garbage = new byte[300_000];
    new Random(42).nextBytes(garbage);
    for (int i = 0; i < garbage.length; i++) {
      garbage[i] = garbage[i] == '\n' ? (byte) 0xFF : garbage[i];
    }

    splitter.accept(garbage, garbage.length);
    splitter.end();

    assertThat(lines)
        .hasSizeGreaterThan(36)
        .allSatisfy(
            line ->
                assertThat(line.getBytes(UTF_8).length)
                    .isLessThanOrEqualTo(LineSplitter.MAX_BYTES));
  }

  private void feed(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    splitter.accept(bytes, bytes.length);
    splitter.end();
  }
}
