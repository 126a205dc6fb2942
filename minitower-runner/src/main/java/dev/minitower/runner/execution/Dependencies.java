package dev.minitower.runner.execution;

import dev.minitower.model.lifecycle.EndReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;

/**
 * The packages that a project asks for, as arguments of {@code pip install}: its {@code
 * requirements.txt} or, without one, its {@code pyproject.toml}. A pyproject with a build system is
 * a package and is installed itself; without one it only lists what it needs (uv's rule).
 *
 * @param source the file that asks, for messages
 * @param installArguments what follows {@code pip install}, relative to the project
 * @param reach what else decides which packages they are
 */
record Dependencies(String source, List<String> installArguments, Reach reach) {
  static final String REQUIREMENTS = "requirements.txt";
  static final String PYPROJECT = "pyproject.toml";

  /**
   * @return empty when the project needs nothing but Python itself
   * @throws SetupEndedException if the file can't be understood
   */
  static Optional<Dependencies> of(Path project) throws IOException, SetupEndedException {
    try {
      if (Files.isRegularFile(project.resolve(REQUIREMENTS))) {
        return ofRequirements(project, project.resolve(REQUIREMENTS));
      }
      return Files.isRegularFile(project.resolve(PYPROJECT))
          ? ofPyproject(project.resolve(PYPROJECT))
          : Optional.empty();
    } catch (CharacterCodingException | UncheckedIOException e) {
      throw new SetupEndedException(
          Ending.failed(
              EndReason.SETUP_FAILED, "the file that lists the project's packages is not UTF-8"));
    }
  }

  private static Optional<Dependencies> ofRequirements(Path project, Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      if (lines.map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("#"))) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Dependencies(
            REQUIREMENTS, List.of("-r", REQUIREMENTS), Requirements.of(project, file)));
  }

  private static Optional<Dependencies> ofPyproject(Path file)
      throws IOException, SetupEndedException {
    TomlParseResult toml = Toml.parse(Files.readString(file));
    if (toml.hasErrors()) {
      throw new SetupEndedException(
          Ending.failed(
              EndReason.SETUP_FAILED, "pyproject.toml can't be read: " + toml.errors().get(0)));
    }
    if (toml.isTable("build-system")) {
      return Optional.of(new Dependencies(PYPROJECT, List.of("."), Reach.PROJECT));
    }
    TomlArray listed =
        toml.isArray("project.dependencies") ? toml.getArray("project.dependencies") : null;
    if (listed == null || listed.isEmpty()) {
      return Optional.empty();
    }
    List<String> requirements = listed.toList().stream().map(String::valueOf).toList();
    var arguments = new ArrayList<>(List.of("--"));
    arguments.addAll(requirements);
    Reach reach =
        requirements.stream().map(Requirements::ofPackage).reduce(Reach.INDEX, Reach::and);
    return Optional.of(new Dependencies(PYPROJECT, arguments, reach));
  }
}
