package dev.minitower.cli.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as a tree: binding records would load classes for each of them at every start. Numbers keep
 * all their digits.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * Reads one JSON value.
   *
   * @throws JacksonException when the text is none, or more than one
   */
  public static JsonNode parse(String text) {
    return MAPPER.readTree(text);
  }

  public static String write(JsonNode value) {
    return MAPPER.writeValueAsString(value);
  }

  /** A text as a string of JSON. */
  public static String quoted(String text) {
    return MAPPER.writeValueAsString(text);
  }

  public static String writeIndented(JsonNode value) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
  }

  /** The object's values as Java's own. */
  public static Map<String, @Nullable Object> toMap(ObjectNode object) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    object
        .properties()
        .forEach(
            field ->
                values.put(field.getKey(), MAPPER.convertValue(field.getValue(), Object.class)));
    return values;
  }

  public static ObjectNode ofMap(Map<String, @Nullable Object> values) {
    return MAPPER.valueToTree(values);
  }

  /** A field as text; empty when it isn't there. */
  public static String text(JsonNode object, String field) {
    return object.path(field).asString("");
  }

  /**
   * Where the text stops being JSON. The error's own message may quote a secret and is not used.
   */
  public static String position(JacksonException error) {
    TokenStreamLocation location = error.getLocation();
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }
}
