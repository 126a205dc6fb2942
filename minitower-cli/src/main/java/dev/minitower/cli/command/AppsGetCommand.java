package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.output.Details;
import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** One app. */
@Command(
    name = "get",
    description = "Show an app.",
    footer = {"", "Example: minitower-cli apps get hello --json"})
final class AppsGetCommand extends PlainCommand {
  @Parameters(paramLabel = "APP", description = "The app's slug.")
  String app = "";

  AppsGetCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    context.show(context.api().get(ApiPath.of("apps", app)), this::print);
  }

  private void print(JsonNode found) {
    JsonNode lastRun = found.path("last_run");
    String last =
        lastRun.isObject()
            ? Json.text(lastRun, "run_id")
                + " "
                + Json.text(lastRun, "status")
                + ", "
                + context.ago(lastRun, "queued_at")
            : "";
    new Details()
        .add("app", Json.text(found, "slug"))
        .add("description", Json.text(found, "description"))
        .add("version", Json.text(found, "latest_version_no"))
        .add("last run", last)
        .add("disabled", found.path("disabled").asBoolean(false) ? "yes" : "")
        .add("created", context.ago(found, "created_at"))
        .add("updated", context.ago(found, "updated_at"))
        .printTo(context.out());
  }
}
