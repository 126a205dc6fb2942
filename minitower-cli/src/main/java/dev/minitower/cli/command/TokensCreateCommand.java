package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Makes a token; the token itself is all that goes to the output, so that a script can keep it. */
@Command(
    name = "create",
    description = "Create an API token and print it, this once.",
    footer = {"", "Example: minitower-cli tokens create --name ci --expires-in 90d"})
final class TokensCreateCommand extends PlainCommand {
  @Option(names = "--name", paramLabel = "NAME", description = "What the token is for.")
  @Nullable String name;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "admin or member. Without it: member.")
  @Nullable String role;

  @Option(
      names = "--expires-in",
      paramLabel = "PERIOD",
      description = "Seconds, or a number with s, m, h or d behind it. Without it: never.")
  @Nullable String expiresIn;

  TokensCreateCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    var body = Json.object();
    if (name != null) {
      body.put("name", name);
    }
    if (role != null) {
      body.put("role", role);
    }
    if (expiresIn != null) {
      body.put("expires_in_seconds", seconds(expiresIn));
    }
    context.show(context.api().post(ApiPath.of("tokens"), body), this::print);
  }

  private void print(JsonNode token) {
    context.out().line(Json.text(token, "token"));
    String expiry = context.ago(token, "expires_at");
    context
        .err()
        .line(
            "token "
                + Json.text(token, "token_id")
                + " with role "
                + Json.text(token, "role")
                + (expiry.isEmpty() ? "" : ", expires " + expiry)
                + "; it can't be shown again");
  }

  private static long seconds(String period) {
    return Periods.seconds(period)
        .orElseThrow(
            () ->
                CliException.usage(
                    "--expires-in must be a number of seconds, or one like 15m, 12h or 90d, not '"
                        + period
                        + "'"));
  }
}
