package dev.minitower.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.platform.auth.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published document is the one that the controllers make. With {@code -Dopenapi.write=true},
 * as {@code make openapi} has it, it is written anew.
 */
class OpenApiTest {
  private static final String HOW_TO_UPDATE =
      "docs/openapi.json is not what the controllers say; look at what changed, and if it is meant,"
          + " write it anew with `make openapi`";

  @TempDir private static Path folder;
  private static SpringdocDocument generated;
  private static ObjectNode document;

  @BeforeAll
  static void generate() {
    generated = SpringdocDocument.of(folder);
    document = OpenApiDocument.of(generated);
  }

  @Test
  void the_published_document_is_the_one_that_the_controllers_make() throws IOException {
    String text = OpenApiDocument.text(document);

    if (Boolean.getBoolean("openapi.write")) {
      Files.writeString(OpenApiDocument.FILE, text);
    }

    assertThat(Files.readString(OpenApiDocument.FILE)).as(HOW_TO_UPDATE).isEqualTo(text);
  }

  @Test
  void every_route_has_its_controller_and_every_controller_its_routes() {
    Set<String> controllers =
        generated.methods().keySet().stream()
            .filter(key -> !key.contains(" /springdoc/"))
            .collect(Collectors.toSet());

    Set<String> routes =
        Routes.ALL.stream().map(SpringdocDocument::key).collect(Collectors.toSet());

    assertThat(routes.remove("GET /api/docs")).as("a page, not a controller").isTrue();
    assertThat(controllers).isEqualTo(routes);
  }

  @Test
  void notes_are_about_operations_that_are_there() {
    JsonNode notes = Json.yaml("/openapi/notes.yaml").required("operations");

    assertThat(notes.propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Routes.ALL.stream().map(SpringdocDocument::key).toList());
  }

  @Test
  void operations_have_names_of_their_own() {
    List<String> names = document.findValuesAsString("operationId");

    assertThat(names).hasSameSizeAs(Routes.ALL).doesNotHaveDuplicates();
  }

  @Test
  void every_refusal_has_the_one_shape() {
    List<JsonNode> refusals =
        Json.entries(document, "paths")
            .flatMap(path -> path.getValue().valueStream())
            .flatMap(operation -> Json.entries(operation, "responses"))
            .filter(response -> response.getKey().compareTo("400") >= 0)
            .map(response -> OpenApiDocument.resolved(document, response.getValue()))
            .toList();

    assertThat(refusals)
        .hasSizeGreaterThan(Routes.ALL.size())
        .allSatisfy(
            refusal ->
                assertThat(refusal.at("/content/application~1json/schema/$ref").asString())
                    .isEqualTo("#/components/schemas/ErrorResponse"));
  }

  @Test
  void every_reference_leads_somewhere() {
    Stream<String> references = document.findValuesAsString("$ref").stream().distinct();

    assertThat(references)
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }
}
