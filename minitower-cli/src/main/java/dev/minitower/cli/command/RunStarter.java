package dev.minitower.cli.command;

import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.output.Output;
import dev.minitower.cli.platform.Json;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Queues a run, says so, and follows it if that is wanted. */
final class RunStarter {
  private final CommandContext context;

  RunStarter(CommandContext context) {
    this.context = context;
  }

  /**
   * Answers the exit code. The key makes the request harmless to repeat for whatever stands between
   * here and the server.
   */
  int start(ApiClient api, String app, JsonNode body, boolean follow) {
    Answer created =
        api.post(
            ApiPath.of("apps", app, "runs"),
            body,
            Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    Output place = follow ? context.err() : context.out();
    context.show(created, run -> place.line(sentence(run)));
    long runId = created.json().path("run_id").asLong(0);
    if (follow) {
      return new FollowSession(context, api, runId).watch();
    }
    if (!context.wantsJson()) {
      context.err().line("follow it with: minitower-cli runs watch " + runId);
    }
    return 0;
  }

  private static String sentence(JsonNode run) {
    return "run "
        + Json.text(run, "run_id")
        + " "
        + Json.text(run, "status")
        + " ("
        + Json.text(run, "app_slug")
        + " version "
        + Json.text(run, "version_no")
        + ")";
  }
}
