package dev.minitower.cli.command;

import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** What a run is asked for with. */
final class RunRequestOptions {
  @Option(
      names = {"-p", "--param", "--parameter"},
      paramLabel = "NAME=VALUE",
      description = "A parameter's value; may be repeated. Beats --input.")
  Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--input",
      paramLabel = "JSON|@FILE",
      description =
          "All parameters as a JSON object, from a file after '@', from standard input with '@-'.")
  @Nullable String input;

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "The version to run. Without it: the newest.")
  @Nullable Integer version;

  @Option(
      names = "--priority",
      paramLabel = "N",
      description = "-1000 to 1000; higher ones are run first. Without it: 0.")
  @Nullable Integer priority;

  @Option(
      names = "--max-retries",
      paramLabel = "N",
      description = "How often the run is tried again when its runner is lost, 0 to 100.")
  @Nullable Integer maxRetries;

  /** The input; values are as they were typed, whoever takes them converts them. */
  ObjectNode values(InputStream stdin) {
    ObjectNode values = input == null ? Json.object() : readInput(input, stdin);
    parameters.forEach(
        (name, value) -> {
          if (name.isEmpty()) {
            throw CliException.usage("-p needs a parameter's name: NAME=VALUE");
          }
          values.put(name, value);
        });
    return values;
  }

  /** Whether it says when a server is to run it, or how often. */
  boolean isScheduled() {
    return priority != null || maxRetries != null;
  }

  /** The body of the request. */
  ObjectNode toBody(InputStream stdin) {
    ObjectNode values = values(stdin);
    ObjectNode body = Json.object();
    if (!values.isEmpty()) {
      body.set("input", values);
    }
    put(body, "version_no", version);
    put(body, "priority", priority);
    put(body, "max_retries", maxRetries);
    return body;
  }

  private static void put(ObjectNode body, String field, @Nullable Integer value) {
    if (value != null) {
      body.put(field, value);
    }
  }

  private static ObjectNode readInput(String input, InputStream stdin) {
    String source = input.startsWith("@") ? "the file of --input" : "--input";
    try {
      if (Json.parse(inputText(input, stdin)) instanceof ObjectNode object) {
        return object;
      }
      throw CliException.usage(source + " must hold a JSON object, such as {\"name\": \"value\"}");
    } catch (JacksonException malformed) {
      throw CliException.usage(source + " isn't JSON" + Json.position(malformed));
    }
  }

  private static String inputText(String input, InputStream stdin) {
    if (!input.startsWith("@")) {
      return input;
    }
    if (input.equals("@-")) {
      return StandardInput.all(stdin, "the input");
    }
    Path file = Path.of(input.substring(1));
    try {
      return Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw CliException.usage("there is no file " + file + " to read the input from");
    } catch (IOException failed) {
      throw new CliException("can't read the input from " + file + ": " + failed.getMessage());
    }
  }
}
