package dev.minitower.cli.command;

import dev.minitower.cli.config.Config;
import dev.minitower.cli.config.Profile;
import dev.minitower.cli.output.Table;
import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/** All profiles; of tokens only whether there is one. */
@Command(
    name = "list",
    description = "List the profiles.",
    footer = {"", "Example: minitower-cli config list"})
final class ConfigListCommand extends PlainCommand {
  ConfigListCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    Config config = context.configStore().read();
    if (context.wantsJson()) {
      context.out().json(Json.write(toJson(config)));
    } else if (config.names().isEmpty()) {
      context.err().line("no profiles yet; 'minitower-cli login TEAM' makes one");
    } else {
      toTable(config).printTo(context.out());
    }
  }

  private static Table toTable(Config config) {
    var table = Table.withColumns("PROFILE", "ACTIVE", "SERVER", "TOKEN");
    for (String name : config.names()) {
      Profile profile = config.profile(name);
      table.row(
          name,
          name.equals(config.active()) ? "yes" : "",
          profile.server() == null ? "" : profile.server(),
          profile.token() == null ? "" : "set");
    }
    return table;
  }

  private static ObjectNode toJson(Config config) {
    ObjectNode list = Json.object().put("active", config.active());
    var profiles = list.putArray("profiles");
    for (String name : config.names()) {
      Profile profile = config.profile(name);
      ObjectNode entry = profiles.addObject().put("name", name);
      if (profile.server() != null) {
        entry.put("server", profile.server());
      }
      entry.put("has_token", profile.token() != null);
    }
    return list;
  }
}
