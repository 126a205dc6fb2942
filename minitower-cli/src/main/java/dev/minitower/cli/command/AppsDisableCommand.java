package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops new runs of an app; those under way go on. */
@Command(
    name = "disable",
    description = "Let an app take no more runs; those under way go on. Admins only.",
    footer = {"", "Example: minitower-cli apps disable hello"})
final class AppsDisableCommand extends PlainCommand {
  @Parameters(paramLabel = "APP", description = "The app's slug.")
  String app = "";

  AppsDisableCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    var body = Json.object().put("disabled", true);
    context.show(
        context.api().patch(ApiPath.of("apps", app), body),
        updated -> context.out().line("app " + Json.text(updated, "slug") + " disabled"));
  }
}
