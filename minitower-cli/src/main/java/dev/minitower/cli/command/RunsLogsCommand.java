package dev.minitower.cli.command;

import dev.minitower.cli.follow.LogPages;
import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.ApiPath;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What a run has written so far, all attempts, each line to the output it was written to. */
@Command(
    name = "logs",
    description = "Print a run's output.",
    footer = {
      "",
      "With --follow the exit code is the run's: 0 completed, 1 failed or dead, 2 cancelled."
    })
final class RunsLogsCommand extends CliCommand {
  @Parameters(paramLabel = "RUN", description = "The run's id.")
  long runId;

  @Option(names = "--follow", description = "Go on until the run has ended.")
  boolean follow;

  RunsLogsCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    ApiClient api = context.api();
    if (follow) {
      return new FollowSession(context, api, runId).lines();
    }
    var pages = new LogPages(api, runId);
    List<Integer> attempts = LogPages.attemptsOf(api.get(ApiPath.of("runs", runId)).json());
    if (attempts.isEmpty()) {
      pages.read(null, 0, this::print);
    }
    for (int attempt : attempts) {
      pages.read(attempt, 0, this::print);
    }
    return 0;
  }

  private void print(Answer page) {
    context.show(
        page,
        answer -> {
          var printer = new LogPrinter(context);
          for (JsonNode entry : answer.path("logs").values()) {
            printer.print(entry);
          }
        });
  }
}
