package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets an app take runs again. */
@Command(
    name = "enable",
    description = "Let a disabled app take runs again. Admins only.",
    footer = {"", "Example: minitower-cli apps enable hello"})
final class AppsEnableCommand extends PlainCommand {
  @Parameters(paramLabel = "APP", description = "The app's slug.")
  String app = "";

  AppsEnableCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    var body = Json.object().put("disabled", false);
    context.show(
        context.api().patch(ApiPath.of("apps", app), body),
        updated -> context.out().line("app " + Json.text(updated, "slug") + " enabled"));
  }
}
