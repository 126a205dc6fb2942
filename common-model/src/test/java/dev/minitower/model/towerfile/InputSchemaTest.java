package dev.minitower.model.towerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.minitower.model.api.FieldError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class InputSchemaTest {
  private static final BigInteger HUGE = BigInteger.TWO.pow(80);

  private final InputSchema schema =
      InputSchema.of(
          List.of(
              new Parameter("text", "some text", ParameterType.STRING, "hello", false),
              new Parameter("count", null, ParameterType.INTEGER, 3L, false),
              new Parameter("ratio", null, ParameterType.NUMBER, null, false),
              new Parameter("dry", null, ParameterType.BOOLEAN, false, true)));

  private static InputSchema one(ParameterType type) {
    return InputSchema.of(List.of(new Parameter("p", null, type, null, false)));
  }

  private static Map<String, @Nullable Object> p(@Nullable Object value) {
    Map<String, @Nullable Object> input = new HashMap<>();
    input.put("p", value);
    return input;
  }

  private static List<FieldError> problems(
      InputSchema schema, Map<String, @Nullable Object> input) {
    var e = catchThrowableOfType(InvalidInputException.class, () -> schema.complete(input));
    assertThat(e).as("refusal of %s", input).isNotNull();
    return e.problems();
  }

  @Test
  void schema_is_an_object_with_typed_properties_in_order() {
    String json = JsonMapper.builder().build().writeValueAsString(schema.toJsonSchema());

    assertThat(json)
        .isEqualTo(
            """
            {"type":"object","properties":{\
            "text":{"type":"string","description":"some text","default":"hello"},\
            "count":{"type":"integer","default":3},\
            "ratio":{"type":"number"},\
            "dry":{"type":"boolean","default":false}}}""");
  }

  @Test
  @SuppressWarnings("unchecked")
  void schema_survives_json_text() {
    JsonMapper json = JsonMapper.builder().build();
    String text = json.writeValueAsString(schema.toJsonSchema());

    InputSchema read = InputSchema.ofJsonSchema(json.readValue(text, Map.class));

    assertThat(json.writeValueAsString(read.toJsonSchema())).isEqualTo(text);
    assertThat(read.complete(Map.of())).isEqualTo(schema.complete(Map.of()));
  }

  @Test
  void what_is_no_schema_of_ours_is_refused() {
    assertThatThrownBy(() -> InputSchema.ofJsonSchema(Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                InputSchema.ofJsonSchema(Map.of("properties", Map.of("a", Map.of("type", "null")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a'");
    assertThatThrownBy(
            () ->
                InputSchema.ofJsonSchema(
                    Map.of("properties", Map.of("a", Map.of("type", "boolean", "default", 1)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a'");
  }

  @Test
  void missing_values_are_filled_from_defaults_and_stay_missing_without() {
    assertThat(schema.complete(Map.of()))
        .containsExactly(entry("text", "hello"), entry("count", 3L), entry("dry", false));
  }

  @Test
  void given_values_come_first_and_win() {
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    input.put("count", 7);
    input.put("text", "");

    assertThat(schema.complete(input))
        .containsExactly(entry("count", 7L), entry("text", ""), entry("dry", false));
  }

  @Test
  void other_properties_pass_as_they_are() {
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    input.put("extra", Map.of("a", List.of(1, 2)));
    input.put("nothing", null);

    assertThat(one(ParameterType.STRING).complete(input)).isEqualTo(input);
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        arguments(ParameterType.STRING, "x", "x"),
        arguments(ParameterType.STRING, "", ""),
        arguments(ParameterType.STRING, "5", "5"),
        arguments(ParameterType.INTEGER, 5, 5L),
        arguments(ParameterType.INTEGER, 5L, 5L),
        arguments(ParameterType.INTEGER, BigInteger.valueOf(5), 5L),
        arguments(ParameterType.INTEGER, HUGE, HUGE),
        arguments(ParameterType.INTEGER, 5.0, 5L),
        arguments(ParameterType.INTEGER, new BigDecimal("5.00"), 5L),
        arguments(ParameterType.INTEGER, new BigDecimal("5e2"), 500L),
        arguments(ParameterType.INTEGER, "5", 5L),
        arguments(ParameterType.INTEGER, "-12", -12L),
        arguments(ParameterType.INTEGER, "007", 7L),
        arguments(ParameterType.INTEGER, HUGE.toString(), HUGE),
        arguments(ParameterType.INTEGER, "-9223372036854775808", Long.MIN_VALUE),
        arguments(ParameterType.NUMBER, 5, 5),
        arguments(ParameterType.NUMBER, 2.5, 2.5),
        arguments(ParameterType.NUMBER, new BigDecimal("0.1"), new BigDecimal("0.1")),
        arguments(ParameterType.NUMBER, "2.5", 2.5),
        arguments(ParameterType.NUMBER, "-1e3", -1000.0),
        arguments(ParameterType.NUMBER, "42", 42L),
        arguments(ParameterType.BOOLEAN, true, true),
        arguments(ParameterType.BOOLEAN, "true", true),
        arguments(ParameterType.BOOLEAN, "False", false));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void value_that_reads_as_the_type_is_converted(ParameterType type, Object given, Object taken) {
    assertThat(one(type).complete(p(given))).containsExactly(entry("p", taken));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(ParameterType.STRING, null, "must be a string, not null"),
        arguments(ParameterType.STRING, 5, "must be a string, not this number"),
        arguments(ParameterType.STRING, true, "must be a string, not a boolean"),
        arguments(ParameterType.STRING, List.of(), "must be a string, not a list"),
        arguments(ParameterType.STRING, Map.of(), "must be a string, not an object"),
        arguments(
            ParameterType.STRING, "a\0b", "must not hold NUL, which no environment variable can"),
        arguments(ParameterType.INTEGER, null, "must be an integer, not null"),
        arguments(ParameterType.INTEGER, 5.5, "must be an integer, not this number"),
        arguments(
            ParameterType.INTEGER, new BigDecimal("0.5"), "must be an integer, not this number"),
        arguments(
            ParameterType.INTEGER,
            new BigDecimal("1e1000000000"),
            "must be an integer, not this number"),
        arguments(ParameterType.INTEGER, "5.0", "must be an integer, not this string"),
        arguments(ParameterType.INTEGER, "", "must be an integer, not this string"),
        arguments(ParameterType.INTEGER, " 5", "must be an integer, not this string"),
        arguments(ParameterType.INTEGER, "0x10", "must be an integer, not this string"),
        arguments(ParameterType.INTEGER, "٣", "must be an integer, not this string"),
        arguments(ParameterType.INTEGER, "9".repeat(1001), "must be an integer, not this string"),
        arguments(ParameterType.INTEGER, true, "must be an integer, not a boolean"),
        arguments(ParameterType.NUMBER, null, "must be a number, not null"),
        arguments(ParameterType.NUMBER, "NaN", "must be a number, not this string"),
        arguments(ParameterType.NUMBER, "Infinity", "must be a number, not this string"),
        arguments(ParameterType.NUMBER, "1e999", "must be a number, not this string"),
        arguments(ParameterType.NUMBER, "1d", "must be a number, not this string"),
        arguments(ParameterType.NUMBER, Double.NaN, "must be finite"),
        arguments(ParameterType.NUMBER, Double.POSITIVE_INFINITY, "must be finite"),
        arguments(ParameterType.NUMBER, Float.NEGATIVE_INFINITY, "must be finite"),
        arguments(ParameterType.BOOLEAN, null, "must be a boolean, not null"),
        arguments(ParameterType.BOOLEAN, 1, "must be a boolean, not this number"),
        arguments(ParameterType.BOOLEAN, "yes", "must be a boolean, not this string"),
        arguments(ParameterType.BOOLEAN, "", "must be a boolean, not this string"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void value_of_another_type_is_refused_by_its_name(
      ParameterType type, @Nullable Object given, String message) {
    assertThat(problems(one(type), p(given))).containsExactly(new FieldError("input.p", message));
  }

  @Test
  void null_is_refused_even_where_there_is_a_default() {
    Map<String, @Nullable Object> input = new HashMap<>();
    input.put("count", null);

    assertThat(problems(schema, input))
        .containsExactly(new FieldError("input.count", "must be an integer, not null"));
  }

  @Test
  void all_fields_at_fault_are_named_and_no_value_is_repeated() {
    Map<String, @Nullable Object> input = new LinkedHashMap<>();
    input.put("count", "hunter2");
    input.put("dry", "hunter3");
    input.put("extra", "NUL\0");

    assertThat(problems(schema, input))
        .extracting(FieldError::field)
        .containsExactly("input.count", "input.dry", "input.extra");
    assertThatThrownBy(() -> schema.complete(input)).hasMessageNotContaining("hunter");
  }

  @Test
  void input_is_not_changed() {
    Map<String, @Nullable Object> input = new HashMap<>(Map.of("count", "5"));

    assertThat(schema.complete(input)).containsEntry("count", 5L);
    assertThat(input).containsExactly(entry("count", "5"));
  }

  @Test
  void codes_are_those_of_json_schema() {
    assertThat(Arrays.stream(ParameterType.values()).map(ParameterType::code))
        .containsExactly("string", "integer", "number", "boolean");
  }
}
