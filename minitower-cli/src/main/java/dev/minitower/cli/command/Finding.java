package dev.minitower.cli.command;

import dev.minitower.cli.platform.Json;
import dev.minitower.model.towerfile.TowerfileProblem;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something about a project that somebody should know.
 *
 * @param key of the Towerfile; null for what is about the files
 */
record Finding(
    Severity severity,
    @Nullable String key,
    String message,
    @Nullable Integer line,
    @Nullable Integer column) {

  enum Severity {
    ERROR,
    WARNING;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding of(Severity severity, TowerfileProblem problem) {
    return new Finding(
        severity, problem.key(), problem.message(), problem.line(), problem.column());
  }

  static Finding ofFiles(Severity severity, String message) {
    return new Finding(severity, null, message, null, null);
  }

  /** In the form that compilers use, so that editors find the place. */
  String sentence(Path towerfile) {
    if (key == null) {
      return severity.code() + ": " + message;
    }
    String place = line == null ? "" : ":" + line + (column == null ? "" : ":" + column);
    return towerfile + place + ": " + severity.code() + ": " + key + " " + message;
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("severity", severity.code());
    if (key != null) {
      json.put("key", key);
    }
    json.put("message", message);
    if (line != null) {
      json.put("line", line);
    }
    if (column != null) {
      json.put("column", column);
    }
    return json;
  }
}
