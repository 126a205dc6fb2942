package dev.minitower.cli.command;

import dev.minitower.cli.output.Output;
import dev.minitower.cli.platform.Json;
import dev.minitower.cli.platform.OutputClosedException;
import tools.jackson.databind.JsonNode;

/** Prints a workload's lines where the workload wrote them. */
final class LogPrinter {
  private final CommandContext context;

  LogPrinter(CommandContext context) {
    this.context = context;
  }

  void print(JsonNode entry) {
    boolean isError = Json.text(entry, "stream").equals("stderr");
    Output output = isError ? context.err() : context.out();
    output.logLine(Json.text(entry, "line"));
    if (output.isClosed()) {
      throw new OutputClosedException();
    }
  }
}
