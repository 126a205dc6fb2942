package dev.minitower.server.openapi;

import dev.minitower.server.platform.auth.Route;
import dev.minitower.server.platform.auth.Routes;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The description of the whole API, as it is published. */
final class OpenApiDocument {
  /** Beside the modules, from the folder that a module's tests run in. */
  static final Path FILE = Path.of("../docs/openapi.json");

  private OpenApiDocument() {}

  static ObjectNode of(SpringdocDocument generated) {
    ObjectNode notes = Json.yaml("/openapi/notes.yaml");
    Operations operations = new Operations(notes);
    ObjectNode document = Json.object();
    document.set("openapi", generated.json().required("openapi"));
    ObjectNode paths = document.putObject("paths");
    for (Route route : Routes.ALL) {
      String method = route.method().toLowerCase(Locale.ROOT);
      JsonNode read = generated.json().required("paths").path(route.template()).path(method);
      paths
          .withObjectProperty(route.template())
          .set(method, operations.complete(route, generated.method(route), read));
    }
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas(generated, notes));
    components.set("responses", operations.sharedRefusals(references(paths)));
    Json.merge(document, notes.required("document"));
    return (ObjectNode) Json.ordered(document, false);
  }

  private static Set<String> references(JsonNode node) {
    return Set.copyOf(node.findValuesAsString("$ref"));
  }

  private static ObjectNode schemas(SpringdocDocument generated, JsonNode notes) {
    ObjectNode schemas =
        (ObjectNode) generated.json().required("components").required("schemas").deepCopy();
    RecordSchemas.complete(schemas, notes.required("schemas"));
    return schemas;
  }

  /** What a reference within the document stands for; anything else is itself. */
  static JsonNode resolved(JsonNode document, JsonNode node) {
    return node.has("$ref") ? document.at(node.required("$ref").asString().substring(1)) : node;
  }

  static String text(ObjectNode document) {
    return document.toPrettyString() + "\n";
  }
}
