package dev.minitower.cli.command;

import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;

/** Which build of this program it is. */
@Command(
    name = "version",
    footer = {"", "Example: minitower-cli version --json"})
final class VersionCommand extends PlainCommand {
  VersionCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    String version = ProgramVersion.current();
    if (context.wantsJson()) {
      context.out().json(Json.write(Json.object().put("version", version)));
    } else {
      context.out().line("minitower-cli " + version);
    }
  }
}
