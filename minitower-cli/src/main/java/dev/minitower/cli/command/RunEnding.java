package dev.minitower.cli.command;

import dev.minitower.cli.output.HumanText;
import dev.minitower.cli.platform.Json;
import tools.jackson.databind.JsonNode;

/** How a run ended, in a sentence. */
final class RunEnding {
  private RunEnding() {}

  static String sentence(String which, JsonNode run) {
    String took = HumanText.between(Json.text(run, "started_at"), Json.text(run, "finished_at"));
    String exitCode = Json.text(run, "exit_code");
    String error = Json.text(run, "error_message");
    return which
        + " "
        + Json.text(run, "status")
        + (took.isEmpty() ? "" : " after " + took)
        + (exitCode.isEmpty() || exitCode.equals("0") ? "" : " with exit code " + exitCode)
        + (error.isEmpty() ? "" : ": " + error);
  }
}
