package dev.minitower.server.openapi;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minitower.model.api.Checked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds to the schema of a record what springdoc doesn't read off it: which fields are required, in
 * which order they come, whether others are refused, and what its Javadoc says.
 */
final class RecordSchemas {
  private static final Path SOURCES = Path.of("../common-model/src/main/java");
  private static final List<String> PACKAGES =
      List.of("dev.minitower.model.api.", "dev.minitower.model.lifecycle.");
  private static final Pattern COMMENT_OF_TYPE =
      Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s+(?:@[^\n]*\n)*public ", Pattern.DOTALL);

  private RecordSchemas() {}

  static void complete(ObjectNode schemas, JsonNode notes) {
    schemas.forEachEntry((name, schema) -> complete((ObjectNode) schema, type(name)));
    notes.forEachEntry(
        (name, fields) ->
            annotate((ObjectNode) schemas.required(name).required("properties"), fields));
  }

  private static void complete(ObjectNode schema, Class<?> type) {
    schema.put("description", comment(type));
    if (type.isRecord()) {
      describeFields(schema, type.getRecordComponents());
      if (refusesUnknownFields(type)) {
        schema.put("additionalProperties", false);
      }
    }
  }

  private static void describeFields(ObjectNode schema, RecordComponent[] components) {
    ObjectNode generated = (ObjectNode) schema.required("properties");
    ObjectNode properties = Json.object();
    ArrayNode required = schema.putArray("required");
    for (RecordComponent component : components) {
      String name = wireName(component);
      properties.set(name, generated.required(name));
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(name);
      }
    }
    schema.set("properties", properties);
    if (required.isEmpty()) {
      schema.remove("required");
    }
  }

  private static void annotate(ObjectNode properties, JsonNode fields) {
    fields.forEachEntry((name, note) -> Json.merge((ObjectNode) properties.required(name), note));
  }

  private static String wireName(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property == null ? component.getName() : property.value();
  }

  /** True of the bodies of the team API; those of the runner protocol say otherwise. */
  private static boolean refusesUnknownFields(Class<?> type) {
    return Checked.class.isAssignableFrom(type)
        && !type.isAnnotationPresent(JsonIgnoreProperties.class);
  }

  private static Class<?> type(String schema) {
    for (String prefix : PACKAGES) {
      try {
        return Class.forName(prefix + schema);
      } catch (ClassNotFoundException e) {
        // In another package.
      }
    }
    throw new AssertionError("the API shows " + schema + ", which is not a type of common-model");
  }

  /** The first paragraph of the type's Javadoc, as Markdown. */
  private static String comment(Class<?> type) {
    Matcher comment = COMMENT_OF_TYPE.matcher(source(type));
    if (!comment.find()) {
      throw new AssertionError(type + " has no Javadoc");
    }
    String text =
        comment
            .group(1)
            .lines()
            .map(line -> line.replaceFirst("^\\s*\\*", "").strip())
            .filter(line -> !line.isEmpty())
            .collect(joining(" "));
    return text.replaceFirst(" ?<(pre|p)>.*", "").replaceAll("\\{@\\w+\\s+#?([^}]*)}", "`$1`");
  }

  private static String source(Class<?> type) {
    try {
      return Files.readString(SOURCES.resolve(type.getName().replace('.', '/') + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
