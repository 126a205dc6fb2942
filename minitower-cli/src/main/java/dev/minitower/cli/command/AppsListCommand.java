package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.output.Table;
import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** The team's apps, each with its newest version and last run. */
@Command(
    name = "list",
    description = "List the team's apps.",
    footer = {"", "Example: minitower-cli apps list"})
final class AppsListCommand extends PlainCommand {
  @Mixin PageOptions page = new PageOptions();

  AppsListCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    context.show(context.api().get(page.applyTo(ApiPath.of("apps"))), this::print);
  }

  private void print(JsonNode list) {
    var table =
        Table.withColumns("APP", "VERSION", "LAST RUN", "STATUS", "DESCRIPTION")
            .leastImportant("DESCRIPTION", "LAST RUN");
    for (JsonNode app : list.path("apps").values()) {
      JsonNode lastRun = app.path("last_run");
      String disabled = app.path("disabled").asBoolean(false) ? "(disabled) " : "";
      table.row(
          Json.text(app, "slug"),
          Json.text(app, "latest_version_no"),
          context.ago(lastRun, "queued_at"),
          Json.text(lastRun, "status"),
          (disabled + Json.text(app, "description")).strip());
    }
    if (table.isEmpty()) {
      context.err().line("no apps yet; 'minitower-cli deploy' makes one from a Towerfile");
      return;
    }
    table.printTo(context.out());
    page.sayWhatIsLeft(list, context.err());
  }
}
