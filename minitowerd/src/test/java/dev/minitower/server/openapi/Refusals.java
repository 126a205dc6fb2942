package dev.minitower.server.openapi;

import static java.util.stream.Collectors.joining;

import dev.minitower.model.api.ErrorCode;
import dev.minitower.server.platform.auth.Access;
import dev.minitower.server.platform.auth.Route;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The refusals of an operation: those that follow from what it takes, and those it names. */
final class Refusals {
  private final JsonNode meanings;

  /**
   * For all operations.
   *
   * @param meanings a sentence for each code
   */
  Refusals(JsonNode meanings) {
    this.meanings = meanings;
  }

  /** The responses by status; where a status has one code only, a shared response. */
  ObjectNode of(Route route, ObjectNode operation, List<String> named) {
    Map<Integer, Set<ErrorCode>> byStatus = new TreeMap<>();
    List<ErrorCode> codes = new ArrayList<>(entailed(route, operation));
    named.forEach(code -> codes.add(known(code)));
    codes.forEach(
        code ->
            byStatus
                .computeIfAbsent(code.httpStatus(), status -> EnumSet.noneOf(ErrorCode.class))
                .add(code));
    ObjectNode responses = Json.object();
    byStatus.forEach((status, all) -> responses.set(String.valueOf(status), response(all)));
    return responses;
  }

  private static List<ErrorCode> entailed(Route route, ObjectNode operation) {
    List<ErrorCode> codes = new ArrayList<>(List.of(ErrorCode.INTERNAL, ErrorCode.UNAVAILABLE));
    boolean takesBody = operation.has("requestBody");
    if (takesBody) {
      codes.addAll(List.of(ErrorCode.TOO_LARGE, ErrorCode.UNSUPPORTED_MEDIA_TYPE));
    }
    if (takesBody || operation.path("parameters").valueStream().anyMatch(Refusals::hasForm)) {
      codes.add(ErrorCode.INVALID_REQUEST);
    }
    if (route.access() != Access.PUBLIC) {
      codes.add(ErrorCode.UNAUTHORIZED);
    }
    if (route.access() == Access.ADMIN) {
      codes.add(ErrorCode.FORBIDDEN);
    }
    boolean ofTeam = route.access() == Access.TEAM || route.access() == Access.ADMIN;
    if (ofTeam && route.template().contains("{")) {
      codes.add(ErrorCode.NOT_FOUND);
    }
    if (Operations.speaksOfALease(route)) {
      codes.add(ErrorCode.GONE);
    }
    return codes;
  }

  /** A slug is looked up as it is; anything else may be malformed. */
  private static boolean hasForm(JsonNode parameter) {
    return !parameter.path("name").asString("").equals("app");
  }

  private static ErrorCode known(String code) {
    ErrorCode known = ErrorCode.of(code);
    if (!known.code().equals(code)) {
      throw new AssertionError("there is no code " + code);
    }
    return known;
  }

  private JsonNode response(Set<ErrorCode> codes) {
    return codes.size() == 1 ? reference(codes.iterator().next()) : written(codes);
  }

  private static ObjectNode reference(ErrorCode code) {
    return Json.reference("responses", code.code());
  }

  /** The responses that {@code references} point at. */
  ObjectNode shared(Set<String> references) {
    ObjectNode shared = Json.object();
    for (ErrorCode code : ErrorCode.values()) {
      if (references.contains(reference(code).required("$ref").asString())) {
        shared.set(code.code(), written(EnumSet.of(code)));
      }
    }
    return shared;
  }

  private ObjectNode written(Set<ErrorCode> codes) {
    ObjectNode response = Json.object();
    response.put("description", codes.stream().map(this::meaning).collect(joining("\n\n")));
    ObjectNode headers = response.putObject("headers");
    headers.set("X-Request-Id", Json.reference("headers", "X-Request-Id"));
    int status = codes.iterator().next().httpStatus();
    if (status == 429 || status == 503) {
      headers.set("Retry-After", Json.reference("headers", "Retry-After"));
    }
    if (status == 401) {
      headers.set("WWW-Authenticate", Json.reference("headers", "WWW-Authenticate"));
    }
    response
        .putObject("content")
        .putObject("application/json")
        .set("schema", Json.reference("schemas", "ErrorResponse"));
    return response;
  }

  private String meaning(ErrorCode code) {
    return "`%s`: %s".formatted(code.code(), meanings.required(code.code()).asString());
  }
}
