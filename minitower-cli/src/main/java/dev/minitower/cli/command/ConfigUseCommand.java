package dev.minitower.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Changes which profile is active. */
@Command(
    name = "use",
    description = "Make a profile the active one.",
    footer = {"", "Example: minitower-cli config use work"})
final class ConfigUseCommand extends PlainCommand {
  @Parameters(paramLabel = "PROFILE", description = "The profile's name.")
  String name = "";

  ConfigUseCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    context.configStore().update(config -> config.use(name));
    context.err().line("profile '" + name + "' is active");
  }
}
