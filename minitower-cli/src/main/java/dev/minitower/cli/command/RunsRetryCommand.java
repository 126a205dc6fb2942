package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.platform.Json;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks for the same again; the old run stays as it is. */
@Command(
    name = "retry",
    description = "Start a new run with the app, version, input and limits of an old one.",
    footer = {"", "Example: minitower-cli runs retry 12 --follow"})
final class RunsRetryCommand extends CliCommand {
  private static final List<String> KEPT =
      List.of("input", "version_no", "priority", "max_retries");

  @Parameters(paramLabel = "RUN", description = "The old run's id.")
  long runId;

  @Option(
      names = "--follow",
      description = "Show the run's output as it comes and exit as the run ends.")
  boolean follow;

  RunsRetryCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    ApiClient api = context.api();
    JsonNode old = api.get(ApiPath.of("runs", runId)).json();
    ObjectNode body = Json.object();
    for (String field : KEPT) {
      old.optional(field).ifPresent(value -> body.set(field, value));
    }
    return new RunStarter(context).start(api, Json.text(old, "app_slug"), body, follow);
  }
}
