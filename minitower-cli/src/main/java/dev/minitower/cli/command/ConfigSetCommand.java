package dev.minitower.cli.command;

import dev.minitower.cli.config.ServerAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Changes one value of a profile. */
@Command(
    name = "set",
    description = "Set a value of the active profile, or of the one --profile names.",
    footer = {
      "",
      "Examples: minitower-cli config set server https://tower.example.org",
      "          echo \"$TOKEN\" | minitower-cli config set token -"
    })
final class ConfigSetCommand extends PlainCommand {
  @Parameters(index = "0", paramLabel = "KEY", description = "One of: ${COMPLETION-CANDIDATES}.")
  ConfigKey key = ConfigKey.server;

  @Parameters(
      index = "1",
      paramLabel = "VALUE",
      description = "The value; '-' reads it from standard input.")
  String value = "";

  ConfigSetCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    String profile = context.profileName();
    String checked = checked(given());
    context.configStore().update(config -> config.set(profile, key.name(), checked));
    context.err().line(key + " of profile '" + profile + "' set");
  }

  private String given() {
    if (value.equals("-")) {
      return StandardInput.firstLine(context.surroundings().streams().in(), "the " + key);
    }
    if (key == ConfigKey.token) {
      context
          .err()
          .line(
              "warning: other users of this machine may see a token on the command line; pipe it"
                  + " into 'config set token -' instead");
    }
    return value;
  }

  private String checked(String given) {
    return key == ConfigKey.server ? ServerAddress.parse(given, "the command line").url() : given;
  }
}
