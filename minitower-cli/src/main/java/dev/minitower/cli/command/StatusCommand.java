package dev.minitower.cli.command;

import dev.minitower.cli.config.Connection;
import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.http.ServerRefusal;
import dev.minitower.cli.output.Details;
import dev.minitower.cli.platform.ExitCodes;
import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether the server is there and ready, who the caller is to it, and what it has to do. */
@Command(
    name = "status",
    footer = {
      "",
      "Works without a token too, and then tells only whether the server is there.",
      "",
      "Exit codes: 0 ready, 1 not there or not ready, 10 the token isn't accepted.",
      "",
      "Example: minitower-cli status --server https://tower.example.org"
    })
final class StatusCommand extends CliCommand {
  StatusCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    Connection connection = context.connection();
    ApiClient api = context.api(connection);
    boolean ready = isReady(api);
    ObjectNode status = Json.object().put("server", connection.server().url()).put("ready", ready);
    if (ready && connection.token() != null) {
      addTeam(api, status);
    }
    if (context.wantsJson()) {
      context.out().json(Json.write(status));
    } else {
      print(status, connection);
    }
    return ready ? ExitCodes.OK : ExitCodes.FAILURE;
  }

  /** A server that is starting or stopping answers, but not with yes. */
  private static boolean isReady(ApiClient api) {
    try {
      Answer answer = api.get(ApiPath.atRoot("ready"));
      return !Json.text(answer.json(), "status").isEmpty();
    } catch (ServerRefusal refusal) {
      if (refusal.isTemporary()) {
        return false;
      }
      throw refusal;
    }
  }

  private static void addTeam(ApiClient api, ObjectNode status) {
    JsonNode me = api.get(ApiPath.of("me")).json();
    status.set("me", me);
    status.set("runs", api.get(ApiPath.of("runs", "summary")).json());
    if (Json.text(me, "role").equals("admin")) {
      status.set("runners", api.get(ApiPath.of("admin", "runners")).json().path("runners"));
    }
  }

  private void print(ObjectNode status, Connection connection) {
    boolean ready = status.path("ready").asBoolean(false);
    JsonNode me = status.path("me");
    JsonNode runs = status.path("runs");
    new Details()
        .add("server", connection.server().url())
        .add("ready", ready ? "yes" : "no: it is starting or stopping; try again in a moment")
        .add("version", Json.text(me, "server_version"))
        .add("team", Json.text(me, "team_slug"))
        .add("role", Json.text(me, "role"))
        .add("queued runs", Json.text(runs, "queued_runs"))
        .add("active runs", Json.text(runs, "active_runs"))
        .add("ended runs", Json.text(runs, "terminal_runs"))
        .add("runners", runners(status.path("runners")))
        .add("profile", connection.profile())
        .printTo(context.out());
    if (ready && me.isMissingNode()) {
      context.err().line("not logged in: 'minitower-cli login TEAM' shows more");
    }
  }

  /** Empty for those who may not know. */
  private static String runners(JsonNode runners) {
    if (!runners.isArray()) {
      return "";
    }
    long online =
        runners
            .valueStream()
            .filter(runner -> Json.text(runner, "status").equals("online"))
            .count();
    long slots =
        runners
            .valueStream()
            .filter(runner -> Json.text(runner, "status").equals("online"))
            .mapToLong(runner -> runner.path("max_concurrent").asLong(0))
            .sum();
    return online + " online of " + runners.size() + ", for " + slots + " runs at once";
  }
}
