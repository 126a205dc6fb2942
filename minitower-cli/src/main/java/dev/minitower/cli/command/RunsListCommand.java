package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.output.HumanText;
import dev.minitower.cli.output.Table;
import dev.minitower.cli.platform.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The team's runs, newest first. */
@Command(
    name = "list",
    description = "List runs, newest first.",
    footer = {"", "Example: minitower-cli runs list --app hello --status failed,dead"})
final class RunsListCommand extends PlainCommand {
  @Option(names = "--app", paramLabel = "APP", description = "Only runs of this app.")
  @Nullable String app;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description =
          "Only runs in this state; several with commas: queued, leased, running, cancelling,"
              + " completed, failed, cancelled, dead.")
  @Nullable String status;

  @Mixin PageOptions page = new PageOptions();

  RunsListCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    ApiPath path = page.applyTo(ApiPath.of("runs").with("app", app).with("status", status));
    context.show(context.api().get(path), this::print);
  }

  private void print(JsonNode list) {
    var table =
        Table.withColumns("RUN", "APP", "NO", "VERSION", "STATUS", "QUEUED", "TOOK")
            .leastImportant("NO", "VERSION", "TOOK");
    for (JsonNode run : list.path("runs").values()) {
      table.row(
          Json.text(run, "run_id"),
          Json.text(run, "app_slug"),
          "#" + Json.text(run, "run_no"),
          Json.text(run, "version_no"),
          Json.text(run, "status"),
          context.ago(run, "queued_at"),
          HumanText.between(Json.text(run, "started_at"), Json.text(run, "finished_at")));
    }
    if (table.isEmpty()) {
      context.err().line("no runs");
      return;
    }
    table.printTo(context.out());
    page.sayWhatIsLeft(list, context.err());
  }
}
