package dev.minitower.cli.command;

import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One value of a profile, for people and scripts. */
@Command(
    name = "get",
    description = "Print a value of the active profile, or of the one --profile names.",
    footer = {"", "Example: minitower-cli config get server --profile work"})
final class ConfigGetCommand extends PlainCommand {
  @Parameters(paramLabel = "KEY", description = "One of: ${COMPLETION-CANDIDATES}.")
  ConfigKey key = ConfigKey.server;

  ConfigGetCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    String profile = context.profileName();
    String value = key.in(context.configStore().read().profile(profile));
    if (value == null) {
      throw new CliException("profile '" + profile + "' has no " + key);
    }
    if (context.wantsJson()) {
      context.out().json(Json.write(Json.object().put(key.name(), value)));
    } else {
      context.out().line(value);
    }
  }
}
