package dev.minitower.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestRequest;
import dev.minitower.server.TestServer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A server whose every answer is held against the published document. */
final class DocumentedApi {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final TestServer server;
  private final ObjectNode document;
  private final Set<String> called = new TreeSet<>();

  DocumentedApi(TestServer server) {
    this.server = server;
    this.document = (ObjectNode) Json.MAPPER.readTree(OpenApiDocument.FILE);
    document.at("/components/schemas").forEach(DocumentedApi::close);
  }

  /** Fields that the document doesn't know are let through by it, but must not be there now. */
  private static void close(JsonNode schema) {
    if (schema.has("properties") && !schema.has("additionalProperties")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
  }

  /** The operations that were called, as {@code GET /health}. */
  Set<String> called() {
    return called;
  }

  /**
   * Calls an operation and expects an answer of this status, as the document describes it.
   *
   * @param operation method and template, and a query if there is one
   * @param with what the request carries
   * @param variables those of the template, in order
   */
  TestAnswer call(
      int status, String operation, UnaryOperator<TestRequest> with, Object... variables) {
    TestAnswer answer = with.apply(request(operation, variables)).send();
    assertThat(answer.status()).as("%s: %s", operation, answer).isEqualTo(status);
    check(operation, answer);
    return answer;
  }

  TestRequest request(String operation, Object... variables) {
    called.add(name(operation));
    String path = path(operation);
    for (Object variable : variables) {
      path = path.replaceFirst("\\{\\w+}", String.valueOf(variable));
    }
    return server.request(method(operation), path);
  }

  private void check(String operation, TestAnswer answer) {
    JsonNode response = response(name(operation), String.valueOf(answer.status()));
    assertThat(answer.header("X-Request-Id")).as(operation).isPresent();
    if (!response.has("content")) {
      assertThat(answer.body()).as(operation).isEmpty();
      return;
    }
    MediaType type = MediaType.valueOf(answer.header("Content-Type").orElseThrow());
    JsonNode content =
        response.required("content").required(type.getType() + "/" + type.getSubtype());
    if (type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
      assertThat(problems(content.required("schema"), answer.json())).as(answer.body()).isEmpty();
    }
  }

  private JsonNode response(String operation, String status) {
    JsonNode documented =
        document
            .required("paths")
            .required(path(operation))
            .required(method(operation).toLowerCase(Locale.ROOT))
            .required("responses")
            .path(status);
    assertThat(documented.isMissingNode()).as("%s answers %s", operation, status).isFalse();
    return OpenApiDocument.resolved(document, documented);
  }

  /** What of a value is not as the schema says. */
  List<Error> problems(JsonNode schema, JsonNode value) {
    ObjectNode whole = (ObjectNode) schema.deepCopy();
    whole.set("components", document.required("components"));
    return SCHEMAS
        .getSchema(whole)
        .validate(value, context -> context.executionConfig(c -> c.formatAssertionsEnabled(true)));
  }

  private static String name(String operation) {
    return operation.replaceFirst("\\?.*", "");
  }

  private static String method(String operation) {
    return operation.substring(0, operation.indexOf(' '));
  }

  private static String path(String operation) {
    return operation.substring(operation.indexOf(' ') + 1);
  }
}
