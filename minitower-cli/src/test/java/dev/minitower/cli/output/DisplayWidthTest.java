package dev.minitower.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
  @ParameterizedTest
  @CsvSource({
    "plain,5",
    "grün,4",
    "e\u0301,1",
    "漢字,4",
    "Ａ１,4",
    "ｱ,1",
    "한글,4",
    "\u1112\u1161\u11ab,2",
    "😀,2",
    "👍🏽,2",
    "👨\u200d👩\u200d👧\u200d👦,2",
    "🇯🇵,2",
    "🇯🇵🇩🇪,4",
    "❤,1",
    "❤\ufe0f,2",
    "1\ufe0f\u20e3,2",
    "a\u200bb,2",
    "ก็,1",
    "א\u05b8,1",
    "𠀀,2",
    "…,1"
  })
  void width_is_what_a_terminal_shows(String text, int columns) {
    assertThat(DisplayWidth.of(text)).isEqualTo(columns);
  }

  @Test
  void half_of_a_pair_of_surrogates_is_one_column() {
    assertThat(DisplayWidth.of("\ud83d")).isOne();
  }

  @Test
  void range_of_wide_characters_has_its_bounds() {
    assertThat(DisplayWidth.of("\u10ff")).isOne();
    assertThat(DisplayWidth.of("\u1100")).isEqualTo(2);
    assertThat(DisplayWidth.of("\u115f")).isEqualTo(2);
    assertThat(DisplayWidth.of(Character.toString(0x3fffd))).isEqualTo(2);
    assertThat(DisplayWidth.of(Character.toString(0x3fffe))).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "short,5,short",
    "longer,5,long…",
    "漢字かな,8,漢字かな",
    "漢字かな,7,漢字か…",
    "漢字かな,6,漢字…",
    "e\u0301e\u0301e\u0301,2,e\u0301…",
    "👍🏽👍🏽👍🏽,5,👍🏽👍🏽…",
    "👍🏽👍🏽👍🏽,4,👍🏽…",
    "one two,5,one…"
  })
  void shortened_text_fits_and_splits_no_character(String text, int columns, String shown) {
    assertThat(DisplayWidth.shorten(text, columns)).isEqualTo(shown);
    assertThat(DisplayWidth.of(shown)).isLessThanOrEqualTo(columns);
  }
}
