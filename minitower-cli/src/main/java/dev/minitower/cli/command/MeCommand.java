package dev.minitower.cli.command;

import dev.minitower.cli.config.Connection;
import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.output.Details;
import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;

/** Who the caller is to which server. */
@Command(
    name = "me",
    footer = {"", "Example: minitower-cli me --json"})
final class MeCommand extends PlainCommand {
  MeCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    Connection connection = context.connection();
    var unused = connection.requireToken();
    context.show(
        context.api(connection).get(ApiPath.of("me")),
        me ->
            new Details()
                .add("team", Json.text(me, "team_slug"))
                .add("role", Json.text(me, "role"))
                .add("token id", Json.text(me, "token_id"))
                .add("server", connection.server().url())
                .add("profile", connection.profile())
                .printTo(context.out()));
  }
}
