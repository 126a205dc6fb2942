package dev.minitower.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.minitower.server.TestAnswer;
import dev.minitower.server.platform.auth.Route;
import dev.minitower.server.platform.auth.Routes;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds what a server answers against the published document. */
public final class PublishedApi {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final ObjectNode document;

  private PublishedApi() {
    document = (ObjectNode) Json.MAPPER.readTree(OpenApiDocument.FILE);
    document.at("/components/schemas").forEach(PublishedApi::close);
  }

  /** Read when the first answer is checked. */
  private static final class Once {
    static final PublishedApi API = new PublishedApi();
  }

  /** Fields that the document doesn't know are let through by it, but must not be there now. */
  private static void close(JsonNode schema) {
    if (schema.has("properties") && !schema.has("additionalProperties")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
  }

  /** Fails if the answer of an operation is not one that the document describes. */
  public static void check(String method, URI uri, TestAnswer answer) {
    route(method, uri).ifPresent(route -> Once.API.check(route, answer));
  }

  /** What of a value is not as the schema says. */
  static List<Error> problems(JsonNode schema, JsonNode value) {
    ObjectNode whole = (ObjectNode) schema.deepCopy();
    whole.set("components", Once.API.document.required("components"));
    return SCHEMAS
        .getSchema(whole)
        .validate(value, context -> context.executionConfig(c -> c.formatAssertionsEnabled(true)));
  }

  /** Empty for what is not of the API, or not allowed there. */
  private static Optional<Route> route(String method, URI uri) {
    PathContainer path = PathContainer.parsePath(uri.getRawPath());
    Optional<String> template =
        Routes.ALL.stream()
            .map(route -> PathPatternParser.defaultInstance.parse(route.template()))
            .filter(pattern -> pattern.matches(path))
            .min(PathPattern.SPECIFICITY_COMPARATOR)
            .map(PathPattern::getPatternString);
    return Routes.ALL.stream()
        .filter(route -> template.filter(route.template()::equals).isPresent())
        .filter(route -> route.method().equals(method))
        .findFirst();
  }

  private void check(Route route, TestAnswer answer) {
    String what = "%s as docs/openapi.json has it".formatted(SpringdocDocument.key(route));
    JsonNode response = response(route, answer.status());
    assertThat(response.isMissingNode()).as("%s, status: %s", what, answer).isFalse();
    assertThat(answer.header("X-Request-Id")).as(what).isPresent();
    if (!response.has("content")) {
      assertThat(answer.body()).as(what).isEmpty();
      return;
    }
    MediaType type = MediaType.valueOf(answer.header("Content-Type").orElse("none/at-all"));
    JsonNode content = response.required("content");
    String name = type.getType() + "/" + type.getSubtype();
    assertThat(content.propertyNames()).as(what).contains(name);
    if (type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
      assertThat(problems(content.required(name).required("schema"), answer.json()))
          .as("%s: %s", what, answer)
          .isEmpty();
    }
  }

  private JsonNode response(Route route, int status) {
    JsonNode documented =
        document
            .required("paths")
            .path(route.template())
            .path(route.method().toLowerCase(Locale.ROOT))
            .path("responses")
            .path(String.valueOf(status));
    return OpenApiDocument.resolved(document, documented);
  }
}
