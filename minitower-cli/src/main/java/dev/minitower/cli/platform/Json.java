package dev.minitower.cli.platform;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as a tree: binding records would load classes for each of them at every start. Trees are
 * read and written here and not by a mapper, which takes longer to make than a call to a server.
 * Numbers keep all their digits.
 */
public final class Json {
  private static final JsonFactory FORMAT = new JsonFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Made by the few commands that need it. */
  private static final class Mapper {
    static final JsonMapper INSTANCE =
        JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
  }

  private Json() {}

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /**
   * Reads one JSON value; of an empty text a missing one.
   *
   * @throws JacksonException when the text is none, or more than one
   */
  public static JsonNode parse(String text) {
    try (JsonParser parser = FORMAT.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        return NODES.missingNode();
      }
      JsonNode value = read(parser);
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "more than one value");
      }
      return value;
    }
  }

  /** Reads the value that begins with the current token. The parser bounds the depth. */
  private static JsonNode read(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_NUMBER_INT -> readInteger(parser);
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new StreamReadException(parser, "no value");
    };
  }

  private static ObjectNode readObject(JsonParser parser) {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      var unused = parser.nextToken();
      object.set(name, read(parser));
    }
    return object;
  }

  private static ArrayNode readArray(JsonParser parser) {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(read(parser));
    }
    return array;
  }

  private static JsonNode readInteger(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  public static String write(JsonNode value) {
    var text = new StringWriter();
    try (JsonGenerator generator = FORMAT.createGenerator(ObjectWriteContext.empty(), text)) {
      write(value, generator);
    }
    return text.toString();
  }

  private static void write(JsonNode value, JsonGenerator generator) {
    switch (value.getNodeType()) {
      case OBJECT -> {
        generator.writeStartObject();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
          generator.writeName(entry.getKey());
          write(entry.getValue(), generator);
        }
        generator.writeEndObject();
      }
      case ARRAY -> {
        generator.writeStartArray();
        value.values().forEach(element -> write(element, generator));
        generator.writeEndArray();
      }
      case STRING -> generator.writeString(value.stringValue());
      case BOOLEAN -> generator.writeBoolean(value.booleanValue());
      case NUMBER -> writeNumber(value, generator);
      case NULL, MISSING -> generator.writeNull();
      case BINARY, POJO -> throw new IllegalArgumentException("no JSON: " + value.getNodeType());
    }
  }

  private static void writeNumber(JsonNode value, JsonGenerator generator) {
    if (value.isIntegralNumber()) {
      generator.writeNumber(value.bigIntegerValue());
    } else {
      generator.writeNumber(value.decimalValue());
    }
  }

  /** A text as a string of JSON. */
  public static String quoted(String text) {
    return write(NODES.stringNode(text));
  }

  public static String writeIndented(JsonNode value) {
    return Mapper.INSTANCE.writerWithDefaultPrettyPrinter().writeValueAsString(value);
  }

  /** The object's values as Java's own. */
  public static Map<String, @Nullable Object> toMap(ObjectNode object) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    object
        .properties()
        .forEach(
            field ->
                values.put(
                    field.getKey(), Mapper.INSTANCE.convertValue(field.getValue(), Object.class)));
    return values;
  }

  public static ObjectNode ofMap(Map<String, @Nullable Object> values) {
    return Mapper.INSTANCE.valueToTree(values);
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
