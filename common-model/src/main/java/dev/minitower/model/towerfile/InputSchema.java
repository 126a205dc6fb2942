package dev.minitower.model.towerfile;

import dev.minitower.model.api.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run's input must look like. It is kept as the small part of JSON Schema that parameters
 * need, so that consoles can draw a form from it: an object with typed properties, none of them
 * required, others allowed.
 */
public final class InputSchema {
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  private InputSchema(List<Parameter> parameters) {
    parameters.forEach(parameter -> this.parameters.put(parameter.name(), parameter));
  }

  public static InputSchema of(List<Parameter> parameters) {
    return new InputSchema(parameters);
  }

  /** The schema as JSON, in the order of the parameters. */
  public Map<String, Object> toJsonSchema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> properties.put(name, property(parameter)));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    return schema;
  }

  /**
   * Reads what {@link #toJsonSchema()} wrote, also after a round trip through JSON text.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static InputSchema ofJsonSchema(Map<String, Object> schema) {
    if (!(schema.get("properties") instanceof Map<?, ?> properties)) {
      throw new IllegalArgumentException("the schema has no properties");
    }
    List<Parameter> parameters = new ArrayList<>();
    properties.forEach(
        (name, property) -> parameters.add(parameter(String.valueOf(name), property)));
    return new InputSchema(parameters);
  }

  /**
   * The input as a workload gets it: declared values checked and converted, missing ones filled
   * from the defaults, all others as they are.
   *
   * @throws InvalidInputException with every field at fault
   */
  public Map<String, @Nullable Object> complete(Map<String, @Nullable Object> input) {
    List<FieldError> problems = new ArrayList<>();
    Map<String, @Nullable Object> complete = new LinkedHashMap<>();
    input.forEach((name, value) -> complete.put(name, checked(name, value, problems)));
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    for (Parameter parameter : parameters.values()) {
      if (parameter.defaultValue() != null && !complete.containsKey(parameter.name())) {
        complete.put(parameter.name(), parameter.defaultValue());
      }
    }
    return complete;
  }

  private @Nullable Object checked(String name, @Nullable Object value, List<FieldError> problems) {
    Parameter parameter = parameters.get(name);
    Optional<String> problem = InputValues.problem(value);
    if (problem.isPresent()) {
      problems.add(new FieldError("input." + name, problem.get()));
      return null;
    }
    if (parameter == null) {
      return value;
    }
    Optional<Object> converted =
        value == null ? Optional.empty() : InputValues.convert(value, parameter.type());
    if (converted.isEmpty()) {
      problems.add(
          new FieldError(
              "input." + name,
              "must be " + parameter.type().described() + ", not " + kindOf(value)));
    }
    return converted.orElse(null);
  }

  private static Map<String, Object> property(Parameter parameter) {
    Map<String, Object> property = new LinkedHashMap<>();
    property.put("type", parameter.type().code());
    if (parameter.description() != null) {
      property.put("description", parameter.description());
    }
    if (parameter.defaultValue() != null) {
      property.put("default", parameter.defaultValue());
    }
    return property;
  }

  private static Parameter parameter(String name, @Nullable Object property) {
    if (!(property instanceof Map<?, ?> fields)) {
      throw new IllegalArgumentException("the schema's property '" + name + "' is no object");
    }
    ParameterType type =
        ParameterType.find(String.valueOf(fields.get("type")))
            .orElseThrow(
                () -> new IllegalArgumentException("the schema's '" + name + "' has no type"));
    String description = fields.get("description") instanceof String text ? text : null;
    Object value = fields.get("default");
    Object defaultValue =
        value == null
            ? null
            : InputValues.convert(value, type)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "the schema's default of '" + name + "' is not of its type"));
    return new Parameter(name, description, type, defaultValue, false);
  }

  /** What a value of JSON is, with its article; never the value itself, which may be a secret. */
  private static String kindOf(@Nullable Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof String) {
      return "this string";
    } else if (value instanceof Number) {
      return "this number";
    } else if (value instanceof Boolean) {
      return "a boolean";
    }
    return value instanceof Map ? "an object" : "a list";
  }
}
