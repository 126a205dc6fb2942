package dev.minitower.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The objects of {@code docs/openapi.json}, without room for fields that it doesn't name. */
final class PublishedSchemas {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final JsonMapper JSON = new JsonMapper();
  private static final ObjectNode COMPONENTS = components();

  private PublishedSchemas() {}

  private static ObjectNode components() {
    Path root = Path.of(System.getProperty("minitower.root", ".."));
    JsonNode document = JSON.readTree(root.resolve("docs/openapi.json").toFile());
    ObjectNode components = (ObjectNode) document.required("components");
    for (JsonNode schema : components.required("schemas").values()) {
      if (schema.has("properties") && !schema.has("additionalProperties")) {
        ((ObjectNode) schema).put("additionalProperties", false);
      }
    }
    return components;
  }

  /** Fails if the text isn't one object of that name. */
  static JsonNode check(String name, String json) {
    JsonNode value = JSON.readTree(json);
    ObjectNode schema = JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
    schema.set("components", COMPONENTS);
    assertThat(
            SCHEMAS
                .getSchema(schema)
                .validate(
                    value,
                    context -> context.executionConfig(c -> c.formatAssertionsEnabled(true))))
        .as("%s as docs/openapi.json has it: %s", name, json)
        .isEmpty();
    return value;
  }
}
