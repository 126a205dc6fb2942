package dev.minitower.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts an app. */
@Command(
    name = "create",
    description = "Start a run of an app.",
    footer = {"", "Example: minitower-cli runs create hello -p name=Ada --follow"})
final class RunsCreateCommand extends CliCommand {
  @Parameters(paramLabel = "APP", description = "The app's slug.")
  String app = "";

  @Mixin RunRequestOptions request = new RunRequestOptions();

  @Option(
      names = "--follow",
      description = "Show the run's output as it comes and exit as the run ends.")
  boolean follow;

  RunsCreateCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    var body = request.toBody(context.surroundings().streams().in());
    return new RunStarter(context).start(context.api(), app, body, follow);
  }
}
