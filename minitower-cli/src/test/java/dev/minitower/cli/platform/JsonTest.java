package dev.minitower.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "\"\"",
        "{\"a\":[1,2.50,{\"b\":null}],\"c\":false}",
        "9223372036854775807",
        "123456789012345678901234567890",
        "0.1000000000000000000000000000000001",
        "\"ü😀\\u001b\\\"\\\\\""
      })
  void what_is_read_is_written_the_same(String json) {
    assertThat(Json.write(Json.parse(json)).toLowerCase(Locale.ROOT)).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "[1,]", "{\"a\"}", "{} {}", "1 2", "tru", "<html>", "]", "\"\u0007\""})
  void text_that_is_not_one_value_is_refused(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JacksonException.class);
  }

  @Test
  void depth_is_bounded() {
    assertThatThrownBy(() -> Json.parse("[".repeat(100_000)))
        .isInstanceOf(JacksonException.class)
        .hasMessageContaining("depth");
  }

  @Test
  void empty_text_is_a_missing_value() {
    assertThat(Json.parse(" ").isMissingNode()).isTrue();
  }

  @Test
  void later_of_two_equal_names_counts() {
    assertThat(Json.text(Json.parse("{\"a\":\"1\",\"a\":\"2\"}"), "a")).isEqualTo("2");
  }
}
