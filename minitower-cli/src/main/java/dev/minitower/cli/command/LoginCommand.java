package dev.minitower.cli.command;

import dev.minitower.cli.config.Connection;
import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Trades a team's password for a token, tries it, and keeps it with the server's address. */
@Command(
    name = "login",
    footer = {
      "",
      "Examples: minitower-cli login acme --server https://tower.example.org",
      "          minitower-cli login acme --password-stdin < password.txt"
    })
final class LoginCommand extends PlainCommand {
  @Parameters(paramLabel = "TEAM", description = "The team's slug.")
  String team = "";

  @Option(
      names = "--password-stdin",
      description = "Read the password from standard input instead of asking for it.")
  boolean passwordFromStdin;

  LoginCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    Connection connection = context.connection().anonymous();
    String profile = context.profileName();
    var body = Json.object().put("slug", team).put("password", password());
    String token =
        Json.text(context.api(connection).post(ApiPath.of("teams", "login"), body).json(), "token");
    if (token.isEmpty()) {
      throw new CliException("the server's answer to the log-in holds no token");
    }
    Answer me = context.api(connection.withToken(token)).get(ApiPath.of("me"));
    context
        .configStore()
        .update(
            config -> {
              config.set(profile, "server", connection.server().url());
              config.set(profile, "token", token);
            });
    context.show(me, answer -> report(answer, connection, profile));
  }

  private String password() {
    if (passwordFromStdin) {
      return StandardInput.firstLine(context.surroundings().streams().in(), "the password");
    }
    return context
        .surroundings()
        .passwordPrompt()
        .ask("Password of team " + team + ": ")
        .orElseThrow(
            () ->
                CliException.usage(
                    "there is no terminal to ask for the password on; pipe it in with"
                        + " --password-stdin"));
  }

  private void report(JsonNode me, Connection connection, String profile) {
    context
        .out()
        .line(
            "logged in to team "
                + Json.text(me, "team_slug")
                + " at "
                + connection.server().url()
                + " as "
                + Json.text(me, "role"));
    context
        .err()
        .line("token kept in profile '" + profile + "' of " + context.configStore().file());
    if (!profile.equals(context.configStore().read().active())) {
      context.err().line("make it the active profile with: minitower-cli config use " + profile);
    }
    if (!context.surroundings().environment().getOrDefault("MINITOWER_API_TOKEN", "").isEmpty()) {
      context.err().line("warning: MINITOWER_API_TOKEN is set and beats the profile's token");
    }
  }
}
