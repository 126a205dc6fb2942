package dev.minitower.runner.execution;

import dev.minitower.runner.cache.ContentKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** All that decides what is in an environment, as one key. */
final class EnvironmentKey {
  /** Changed when environments of before no longer fit this program. */
  private static final String FORMAT = "1";

  private EnvironmentKey() {}

  /**
   * @param project where the dependencies are from; all of it counts if they reach into it
   */
  static String of(EnvironmentPlan plan, Path project) throws IOException {
    Interpreter interpreter = plan.interpreter();
    Dependencies dependencies = plan.dependencies();
    var key =
        new ContentKey()
            .add("format", FORMAT)
            .add("python", interpreter.facts())
            .add("executable", interpreter.executable().toString())
            .add("prefix", interpreter.prefix().toString())
            .add("installer", plan.installer().kind().title())
            .add("arguments", String.join("\0", dependencies.installArguments()));
    if (dependencies.source().equals(Dependencies.REQUIREMENTS)) {
      key.addFile("requirements", project.resolve(Dependencies.REQUIREMENTS));
    }
    addSettings(key, plan, project);
    if (dependencies.reach() != Reach.INDEX) {
      key.addTree("project", project);
    }
    return key.hex();
  }

  /** The variables for an installer, and the files that it reads by itself. */
  private static void addSettings(ContentKey key, EnvironmentPlan plan, Path project)
      throws IOException {
    Map<String, String> variables = plan.variables();
    new TreeMap<>(variables)
        .forEach(
            (name, value) -> {
              if (name.startsWith("PIP_") || name.startsWith("UV_")) {
                key.add("setting " + name, value);
              }
            });
    switch (plan.installer().kind()) {
      case PIP -> {
        key.addFile("machine's settings", Path.of("/etc/pip.conf"));
        key.addFile("interpreter's settings", plan.interpreter().prefix().resolve("pip.conf"));
        addNamedFile(key, variables.getOrDefault("PIP_CONFIG_FILE", ""));
      }
      case UV -> {
        key.addFile("machine's settings", Path.of("/etc/uv/uv.toml"));
        key.addFile("project's settings", project.resolve("uv.toml"));
        key.addFile("project", project.resolve(Dependencies.PYPROJECT));
        addNamedFile(key, variables.getOrDefault("UV_CONFIG_FILE", ""));
      }
    }
  }

  private static void addNamedFile(ContentKey key, String name) throws IOException {
    if (!name.isEmpty()) {
      key.addFile("named settings", Path.of(name));
    }
  }
}
