package dev.minitower.server.openapi;

import dev.minitower.server.platform.auth.Access;
import dev.minitower.server.platform.auth.Route;
import dev.minitower.server.platform.web.Page;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Completes what springdoc knows of an operation by what the routes say (who may call it), what our
 * own argument resolvers and filters read, which refusals that entails, and the notes.
 */
final class Operations {
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

  private final JsonNode notes;
  private final Refusals refusals;

  Operations(JsonNode notes) {
    this.notes = notes;
    this.refusals = new Refusals(notes.required("refusals"));
  }

  /**
   * The whole operation.
   *
   * @param method empty where something else than a controller answers
   */
  ObjectNode complete(Route route, Optional<HandlerMethod> method, JsonNode generated) {
    JsonNode note = notes.required("operations").required(SpringdocDocument.key(route));
    ObjectNode operation = Json.object();
    for (String text : List.of("operationId", "summary", "description")) {
      note.optional(text).ifPresent(value -> operation.set(text, value));
    }
    operation.putArray("tags").add(note.required("tag"));
    operation.set("security", security(route));
    parameters(operation, route, method, generated, note.path("parameters"));
    generated.optional("requestBody").ifPresent(body -> operation.set("requestBody", body));
    ObjectNode responses = operation.putObject("responses");
    answers(responses, generated, note);
    responses.setAll(refusals.of(route, operation, Json.texts(note.path("refusals"))));
    return operation;
  }

  /** The responses that {@code references} point at. */
  ObjectNode sharedRefusals(Set<String> references) {
    return refusals.shared(references);
  }

  private static ArrayNode security(Route route) {
    ArrayNode security = Json.MAPPER.createArrayNode();
    if (route.access() != Access.PUBLIC) {
      ObjectNode all = security.addObject();
      switch (route.access()) {
        case ADMIN -> all.putArray("team").add("admin");
        case TEAM -> all.putArray("team");
        case BOOTSTRAP -> all.putArray("bootstrap");
        case REGISTRATION -> all.putArray("registration");
        case RUNNER -> all.putArray("runner");
        case PUBLIC -> throw new AssertionError();
      }
      if (speaksOfALease(route)) {
        all.putArray("lease");
      }
    }
    return security;
  }

  /** Takes the lease's token beside the runner's. */
  static boolean speaksOfALease(Route route) {
    return route.access() == Access.RUNNER && route.template().contains("{run}");
  }

  private void parameters(
      ObjectNode operation,
      Route route,
      Optional<HandlerMethod> method,
      JsonNode generated,
      JsonNode notesByName) {
    ArrayNode parameters = Json.MAPPER.createArrayNode();
    VARIABLE
        .matcher(route.template())
        .results()
        .map(result -> variable(result.group(1)))
        .forEach(parameters::add);
    generated
        .path("parameters")
        .valueStream()
        .filter(parameter -> !parameter.required("in").asString().equals("path"))
        .forEach(parameters::add);
    notesByName.forEachEntry((name, note) -> Json.merge(named(parameters, name), note));
    if (method.filter(Operations::takesPage).isPresent()) {
      Stream.of("limit", "offset", "cursor")
          .forEach(name -> parameters.add(Json.reference("parameters", name)));
    }
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
  }

  private ObjectNode variable(String name) {
    ObjectNode parameter = Json.object().put("name", name).put("in", "path").put("required", true);
    Json.merge(parameter, notes.required("variables").required(name));
    return parameter;
  }

  private static ObjectNode named(ArrayNode parameters, String name) {
    return parameters
        .valueStream()
        .filter(parameter -> parameter.path("name").asString("").equals(name))
        .map(ObjectNode.class::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no parameter " + name));
  }

  private static boolean takesPage(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .anyMatch(parameter -> parameter.getParameterType() == Page.class);
  }

  /** A controller that answers 200 or 201 is known by one of them only: the note has both. */
  private static void answers(ObjectNode responses, JsonNode generated, JsonNode note) {
    Map<String, JsonNode> known = new TreeMap<>();
    Json.entries(generated, "responses").forEach(e -> known.put(e.getKey(), e.getValue()));
    JsonNode content =
        note.optional("content")
            .or(() -> known.values().stream().map(r -> r.path("content")).findFirst())
            .orElseGet(Json::object);
    Map<String, String> texts = new TreeMap<>();
    known.forEach((status, answer) -> texts.put(status, answer.path("description").asString()));
    if (note.has("answers")) {
      texts.clear();
      Json.entries(note, "answers").forEach(e -> texts.put(e.getKey(), e.getValue().asString()));
    }
    if (!texts.keySet().containsAll(known.keySet())) {
      throw new AssertionError("%s answers %s".formatted(note.path("operationId"), known.keySet()));
    }
    texts.forEach(
        (status, text) -> {
          ObjectNode answer = responses.putObject(status).put("description", text);
          ObjectNode headers = answer.putObject("headers");
          headers.set("X-Request-Id", Json.reference("headers", "X-Request-Id"));
          if (status.startsWith("20") && !status.equals("204")) {
            Json.merge(headers, note.path("headers"));
            if (!content.isEmpty()) {
              answer.set("content", content);
            }
          }
        });
  }
}
