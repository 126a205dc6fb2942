package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes what an app says of itself. */
@Command(
    name = "update",
    description = "Change an app's description. Admins only.",
    footer = {"", "Example: minitower-cli apps update hello --description 'Greets somebody'"})
final class AppsUpdateCommand extends PlainCommand {
  @Parameters(paramLabel = "APP", description = "The app's slug.")
  String app = "";

  @Option(names = "--description", paramLabel = "TEXT", description = "What the app is for.")
  @Nullable String description;

  AppsUpdateCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    if (description == null) {
      throw CliException.usage("nothing to change; give --description");
    }
    var body = Json.object().put("description", description);
    context.show(
        context.api().patch(ApiPath.of("apps", app), body),
        updated -> context.out().line("app " + Json.text(updated, "slug") + " updated"));
  }
}
