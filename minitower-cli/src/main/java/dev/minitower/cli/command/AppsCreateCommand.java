package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.platform.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an app without a version. */
@Command(
    name = "create",
    description = "Create an app. 'deploy' does it by itself.",
    footer = {"", "Example: minitower-cli apps create hello --description 'Greets somebody'"})
final class AppsCreateCommand extends PlainCommand {
  @Parameters(paramLabel = "APP", description = "The new app's slug.")
  String app = "";

  @Option(names = "--description", paramLabel = "TEXT", description = "What the app is for.")
  @Nullable String description;

  AppsCreateCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    var body = Json.object().put("slug", app);
    if (description != null) {
      body.put("description", description);
    }
    context.show(
        context.api().post(ApiPath.of("apps"), body),
        created -> context.out().line("app " + Json.text(created, "slug") + " created"));
  }
}
