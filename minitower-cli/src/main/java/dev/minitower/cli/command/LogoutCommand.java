package dev.minitower.cli.command;

import dev.minitower.cli.config.Config;
import dev.minitower.cli.config.Connection;
import dev.minitower.cli.config.Profile;
import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import java.util.Map;
import picocli.CommandLine.Command;

/** Revokes a profile's token at the server it is for and forgets it, the latter in any case. */
@Command(
    name = "logout",
    footer = {"", "Example: minitower-cli logout --profile work"})
final class LogoutCommand extends PlainCommand {
  LogoutCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    String name = context.profileName();
    Config config = context.configStore().read();
    Profile profile = config.profile(name);
    if (profile.token() == null) {
      throw new CliException("profile '" + name + "' holds no token: nothing to log out from");
    }
    Connection connection =
        Connection.resolve(new Connection.Flags(null, null, name), Map.of(), config);
    context.configStore().update(changed -> changed.remove(name, "token"));
    revoke(connection);
  }

  private void revoke(Connection connection) {
    ApiClient api = context.api(connection);
    try {
      Answer me = api.get(ApiPath.of("me"));
      var unused = api.delete(ApiPath.of("tokens", me.json().path("token_id").asLong(0)));
      context.show(
          me, answer -> context.out().line("logged out of team " + Json.text(answer, "team_slug")));
    } catch (CliException refused) {
      context
          .err()
          .line(
              "the token is forgotten here, but the server was not told to revoke it: "
                  + refused.sentence());
    }
  }
}
