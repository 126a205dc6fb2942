package dev.minitower.model.towerfile;

import dev.minitower.model.identity.Slugs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads Towerfiles and says everything that is wrong with one at once. */
public final class TowerfileParser {
  private static final Set<String> APP_KEYS =
      Set.of("name", "script", "source", "import_paths", "description", "timeout", "schedule");
  private static final Set<String> PARAMETER_KEYS =
      Set.of("name", "description", "type", "default", "hidden");

  private TowerfileParser() {}

  /**
   * The Towerfile and the keys in it that nothing here knows.
   *
   * @throws InvalidTowerfileException with all errors: those of the syntax, or else those of the
   *     values
   */
  public static ParsedTowerfile parse(String toml) {
    var problems = new Problems();
    var root = new TomlSection(TomlText.parse(toml, problems), "", problems);
    root.warnAboutAllBut(Set.of("app", "parameters"));
    TomlSection app = root.section("app");
    app.warnAboutAllBut(APP_KEYS);
    TomlSection timeout = app.section("timeout");
    timeout.warnAboutAllBut(Set.of("seconds"));
    var towerfile =
        new Towerfile(
            name(app),
            script(app),
            app.strings("source", TowerfileParser::glob),
            app.strings("import_paths", TowerfileParser::importPath),
            app.string("description").orElse(null),
            timeout.positiveInt("seconds").orElse(null),
            app.string("schedule").orElse(null),
            parameters(root.sections("parameters")));
    problems.throwIfAny();
    return new ParsedTowerfile(towerfile, problems.warnings());
  }

  /** The name, or an empty one: then the problem is noted and no Towerfile comes of it. */
  private static String name(TomlSection app) {
    Optional<String> name = app.requiredString("name");
    name.flatMap(Slugs::problem).ifPresent(problem -> app.refuse("name", problem));
    return name.orElse("");
  }

  private static String script(TomlSection app) {
    return app.requiredString("script")
        .flatMap(path -> app.checked("script", path, TowerfileParser::scriptPath))
        .orElse("");
  }

  private static String scriptPath(String path) {
    String normal = ProjectPaths.normalise(path);
    if (path.endsWith("/") || !(normal.endsWith(".py") || normal.endsWith(".sh"))) {
      throw new IllegalArgumentException("must be a file that ends in .py or .sh");
    }
    return normal;
  }

  /** Kept as written, for messages; only the form is checked. */
  private static String glob(String glob) {
    String unused = ProjectPaths.normalise(glob);
    return glob;
  }

  private static String importPath(String path) {
    if (path.indexOf(':') >= 0 || path.indexOf(';') >= 0) {
      throw new IllegalArgumentException(
          "must not hold ':' or ';', which part folders from each other");
    }
    String normal = ProjectPaths.normalise(path);
    return normal.isEmpty() ? "." : normal;
  }

  private static List<Parameter> parameters(List<TomlSection> sections) {
    List<Parameter> parameters = new ArrayList<>();
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < sections.size(); i++) {
      TomlSection section = sections.get(i);
      Parameter parameter = parameter(section);
      Integer earlier = indexes.putIfAbsent(parameter.name(), i);
      if (earlier != null && !parameter.name().isEmpty()) {
        section.refuse("name", "is already the name of parameters[%d]".formatted(earlier));
      }
      parameters.add(parameter);
    }
    return parameters;
  }

  private static Parameter parameter(TomlSection section) {
    section.warnAboutAllBut(PARAMETER_KEYS);
    Optional<String> name = section.requiredString("name");
    name.flatMap(ParameterNames::problem).ifPresent(problem -> section.refuse("name", problem));
    Optional<ParameterType> type = type(section);
    return new Parameter(
        name.orElse(""),
        section.string("description").orElse(null),
        type.orElse(ParameterType.STRING),
        type.isPresent() ? defaultValue(section, type.get()) : null,
        section.bool("hidden").orElse(false));
  }

  /** Empty if there is one that can't be used: then a default can't be judged. */
  private static Optional<ParameterType> type(TomlSection section) {
    if (section.value("type") == null) {
      return Optional.of(ParameterType.STRING);
    }
    Optional<String> code = section.string("type");
    Optional<ParameterType> type = code.flatMap(ParameterType::find);
    if (code.isPresent() && type.isEmpty()) {
      List<String> codes = Stream.of(ParameterType.values()).map(ParameterType::code).toList();
      section.refuse("type", "must be one of " + String.join(", ", codes));
    }
    return type;
  }

  private static @Nullable Object defaultValue(TomlSection section, ParameterType type) {
    Object value = section.value("default");
    if (value == null) {
      return null;
    }
    if (!fits(value, type)) {
      String hint = section.value("type") == null ? " (the parameter has no 'type')" : "";
      section.refuse(
          "default", "must be " + type.described() + hint + ", not " + TomlSection.kindOf(value));
      return null;
    }
    Optional<String> problem = InputValues.problem(value);
    problem.ifPresent(message -> section.refuse("default", message));
    return problem.isPresent() ? null : value;
  }

  private static boolean fits(Object value, ParameterType type) {
    return switch (type) {
      case STRING -> value instanceof String;
      case INTEGER -> value instanceof Long;
      case NUMBER -> value instanceof Long || value instanceof Double;
      case BOOLEAN -> value instanceof Boolean;
    };
  }
}
