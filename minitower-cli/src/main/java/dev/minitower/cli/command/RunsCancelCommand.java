package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Asks for a run's end; one that has ended stays as it is. */
@Command(
    name = "cancel",
    description = "Cancel a run.",
    footer = {"", "Example: minitower-cli runs cancel 12"})
final class RunsCancelCommand extends PlainCommand {
  @Parameters(paramLabel = "RUN", description = "The run's id.")
  long runId;

  RunsCancelCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    context.show(context.api().post(ApiPath.of("runs", runId, "cancel")), this::print);
  }

  private void print(JsonNode run) {
    String status = Json.text(run, "status");
    String sentence =
        switch (status) {
          case "cancelled" -> "run " + runId + " is cancelled";
          case "cancelling" -> "run " + runId + " is being cancelled by its runner";
          default -> "run " + runId + " had ended before: " + status;
        };
    context.out().line(sentence);
  }
}
