package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.output.Table;
import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** The runners that the server knows. */
@Command(
    name = "list",
    description = "List the runners. Admins only.",
    footer = {"", "Example: minitower-cli runners list"})
final class RunnersListCommand extends PlainCommand {
  RunnersListCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    context.show(context.api().get(ApiPath.of("admin", "runners")), this::print);
  }

  private void print(JsonNode list) {
    var table =
        Table.withColumns(
                "RUNNER", "NAME", "STATUS", "ENVIRONMENT", "RUNS", "SEEN", "SOFTWARE", "STATE")
            .leastImportant("SOFTWARE", "ENVIRONMENT", "STATE");
    for (JsonNode runner : list.path("runners").values()) {
      table.row(
          Json.text(runner, "runner_id"),
          Json.text(runner, "name"),
          Json.text(runner, "status"),
          Json.text(runner, "environment"),
          Json.text(runner, "active_runs") + " of " + Json.text(runner, "max_concurrent"),
          context.ago(runner, "last_seen_at"),
          Json.text(runner, "version"),
          state(runner));
    }
    if (table.isEmpty()) {
      context.err().line("no runners; start one with minitower-runner");
      return;
    }
    table.printTo(context.out());
  }

  private static String state(JsonNode runner) {
    String reason = Json.text(runner, "state_reason");
    return Json.text(runner, "state") + (reason.isEmpty() ? "" : ": " + reason);
  }
}
