package dev.minitower.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A run's states and lines until its end. */
@Command(
    name = "watch",
    description = "Show a run's states and output as they come and exit as the run ends.",
    footer = {
      "",
      "Exit codes: 0 completed, 1 failed or dead, 2 cancelled.",
      "",
      "Example: minitower-cli runs watch 12"
    })
final class RunsWatchCommand extends CliCommand {
  @Parameters(paramLabel = "RUN", description = "The run's id.")
  long runId;

  RunsWatchCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return new FollowSession(context, context.api(), runId).watch();
  }
}
