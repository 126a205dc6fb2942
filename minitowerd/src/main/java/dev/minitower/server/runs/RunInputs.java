package dev.minitower.server.runs;

import dev.minitower.model.towerfile.InputSchema;
import dev.minitower.model.towerfile.InvalidInputException;
import dev.minitower.server.platform.web.ApiException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Inputs between the wire, the schema of their version, and the JSON that is stored. */
@Component
class RunInputs {
  private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};
  private static final TypeReference<Map<String, Object>> SCHEMA = new TypeReference<>() {};

  private final JsonMapper json;

  RunInputs(JsonMapper json) {
    this.json = json;
  }

  @Nullable Map<String, @Nullable Object> parse(@Nullable String stored) {
    return stored == null ? null : json.readValue(stored, OBJECT);
  }

  /** Null if the version takes no parameters. */
  @Nullable InputSchema schema(@Nullable String stored) {
    return stored == null ? null : InputSchema.ofJsonSchema(json.readValue(stored, SCHEMA));
  }

  /**
   * The input as it is stored: checked, converted, defaults filled in; null if there is nothing in
   * it.
   */
  @Nullable String complete(
      @Nullable Map<String, @Nullable Object> input, @Nullable InputSchema schema) {
    Map<String, @Nullable Object> given = input == null ? Map.of() : input;
    Map<String, @Nullable Object> completed = schema == null ? given : checked(given, schema);
    return completed.isEmpty() && input == null ? null : json.writeValueAsString(completed);
  }

  private static Map<String, @Nullable Object> checked(
      Map<String, @Nullable Object> input, InputSchema schema) {
    try {
      return schema.complete(input);
    } catch (InvalidInputException e) {
      throw ApiException.invalidFields(e.problems());
    }
  }
}
