package dev.minitower.server.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reading, joining and ordering of trees. */
final class Json {
  static final JsonMapper MAPPER = new JsonMapper();

  /** What a reader looks for first; all else follows by name. */
  private static final List<String> FIRST =
      List.of(
          "openapi",
          "info",
          "servers",
          "tags",
          "paths",
          "operationId",
          "summary",
          "title",
          "name",
          "in",
          "description",
          "security",
          "parameters",
          "requestBody",
          "responses",
          "type",
          "format",
          "properties");

  private static final Comparator<String> READING_ORDER =
      Comparator.<String>comparingInt(
              name -> FIRST.contains(name) ? FIRST.indexOf(name) : FIRST.size())
          .thenComparing(Comparator.naturalOrder());

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode reference(String kind, String name) {
    return object().put("$ref", "#/components/%s/%s".formatted(kind, name));
  }

  static ObjectNode yaml(String resource) {
    try (InputStream in = Json.class.getResourceAsStream(resource)) {
      return MAPPER.valueToTree(new Yaml().<Object>load(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entries of an object, none if there is no such object. */
  static Stream<Map.Entry<String, JsonNode>> entries(JsonNode parent, String name) {
    return parent.path(name).propertyStream();
  }

  static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  /** Objects are joined, anything else in {@code more} replaces what was there. */
  static void merge(ObjectNode target, JsonNode more) {
    more.forEachEntry(
        (name, value) -> {
          if (value.isObject() && target.path(name).isObject()) {
            merge((ObjectNode) target.get(name), value);
          } else {
            target.set(name, value.deepCopy());
          }
        });
  }

  /** The same tree in a fixed order; paths and the fields of records stay in their own. */
  static JsonNode ordered(JsonNode node, boolean asItIs) {
    if (node.isArray()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> list.add(ordered(item, false)));
      return list;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode copy = object();
    Stream<String> names = node.propertyNames().stream();
    (asItIs ? names : names.sorted(READING_ORDER))
        .forEach(name -> copy.set(name, ordered(node.get(name), keepsItsOrder(name))));
    return copy;
  }

  private static boolean keepsItsOrder(String name) {
    return name.equals("paths") || name.equals("properties");
  }
}
