package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.output.Details;
import dev.minitower.cli.output.HumanText;
import dev.minitower.cli.output.Table;
import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** One run with its attempts. */
@Command(
    name = "get",
    description = "Show a run and its attempts.",
    footer = {"", "Example: minitower-cli runs get 12"})
final class RunsGetCommand extends PlainCommand {
  @Parameters(paramLabel = "RUN", description = "The run's id.")
  long runId;

  RunsGetCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    context.show(context.api().get(ApiPath.of("runs", runId)), this::print);
  }

  private void print(JsonNode run) {
    JsonNode input = run.path("input");
    new Details()
        .add("run", Json.text(run, "run_id"))
        .add("app", Json.text(run, "app_slug") + " #" + Json.text(run, "run_no"))
        .add("version", Json.text(run, "version_no"))
        .add("status", Json.text(run, "status"))
        .add("exit code", Json.text(run, "exit_code"))
        .add("error", Json.text(run, "error_message"))
        .add("error class", Json.text(run, "error_class"))
        .add("input", input.isObject() ? Json.write(input) : "")
        .add("environment", Json.text(run, "environment"))
        .add("priority", Json.text(run, "priority"))
        .add("retries", Json.text(run, "retry_count") + " of " + Json.text(run, "max_retries"))
        .add("queued", context.ago(run, "queued_at"))
        .add("started", context.ago(run, "started_at"))
        .add("finished", context.ago(run, "finished_at"))
        .add("took", took(run))
        .printTo(context.out());
    printAttempts(run.path("attempts"));
  }

  private void printAttempts(JsonNode attempts) {
    var table =
        Table.withColumns("ATTEMPT", "STATUS", "RUNNER", "LEASED", "TOOK", "EXIT", "CLASS", "ERROR")
            .leastImportant("CLASS", "LEASED", "TOOK", "ERROR");
    for (JsonNode attempt : attempts.values()) {
      table.row(
          Json.text(attempt, "attempt_no"),
          Json.text(attempt, "status"),
          Json.text(attempt, "runner_name"),
          context.ago(attempt, "leased_at"),
          took(attempt),
          Json.text(attempt, "exit_code"),
          Json.text(attempt, "error_class"),
          Json.text(attempt, "error_message"));
    }
    if (!table.isEmpty()) {
      table.printTo(context.out());
    }
  }

  private static String took(JsonNode timed) {
    return HumanText.between(Json.text(timed, "started_at"), Json.text(timed, "finished_at"));
  }
}
