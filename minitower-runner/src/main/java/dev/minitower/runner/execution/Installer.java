package dev.minitower.runner.execution;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What makes an environment and fills it, as command lines.
 *
 * @param program pip is run by the interpreter itself
 */
record Installer(Kind kind, Path program) {

  /** The two that are known. */
  enum Kind {
    PIP,
    UV;

    String title() {
      return this == PIP ? "pip" : "uv";
    }
  }

  /** Of an empty environment; without pip in it, which would take 3 s of 3.5. */
  List<String> makeLine(Path python, Path environment) {
    return switch (kind) {
      case PIP -> List.of(python + "", "-m", "venv", "--without-pip", environment + "");
      case UV ->
          List.of(program + "", "venv", "--no-progress", "--python", python + "", environment + "");
    };
  }

  List<String> installLine(Path python, Path environment, List<String> what) {
    String into = environment.resolve("bin/python").toString();
    var line = new ArrayList<String>();
    switch (kind) {
      case PIP -> {
        line.addAll(List.of(python + "", "-m", "pip", "--python", into, "install"));
        line.addAll(List.of("--no-input", "--disable-pip-version-check", "--progress-bar", "off"));
      }
      case UV -> {
        line.addAll(List.of(program + "", "pip", "install", "--python", into));
        line.addAll(List.of("--no-progress", "--compile-bytecode"));
      }
    }
    line.addAll(what);
    return line;
  }

  /**
   * Where it keeps what it downloads. Uv would link its files into the environment, which then were
   * writable through the one and read-only through the other: it copies.
   *
   * @param wheels none if there is no room for it
   */
  Map<String, String> variables(Map<String, String> general, Optional<Path> wheels) {
    var variables = new HashMap<>(general);
    variables.put("UV_LINK_MODE", "copy");
    variables.put("UV_PYTHON_DOWNLOADS", "never");
    if (wheels.isPresent()) {
      variables.put("PIP_CACHE_DIR", wheels.get().resolve("pip").toString());
      variables.put("UV_CACHE_DIR", wheels.get().resolve("uv").toString());
    } else {
      variables.put("PIP_NO_CACHE_DIR", "1");
      variables.put("UV_NO_CACHE", "1");
    }
    return variables;
  }
}
