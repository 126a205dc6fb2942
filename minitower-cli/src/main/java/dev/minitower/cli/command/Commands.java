package dev.minitower.cli.command;

import dev.minitower.cli.platform.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The tree of all commands. */
public final class Commands {
  private Commands() {}

  /** The command line ready to be executed, and the context that its commands were given. */
  public record Tree(CommandLine root, CommandContext context) {}

  public static Tree create(Surroundings surroundings) {
    var options = new RootCommand();
    var context = new CommandContext(surroundings, options);
    var root =
        new CommandLine(options)
            .addSubcommand(new LoginCommand(context))
            .addSubcommand(new LogoutCommand(context))
            .addSubcommand(new MeCommand(context))
            .addSubcommand(new DeployCommand(context))
            .addSubcommand("runs", runs(context))
            .addSubcommand("apps", apps(context))
            .addSubcommand("versions", versions(context))
            .addSubcommand("tokens", tokens(context))
            .addSubcommand("runners", runners(context))
            .addSubcommand("config", config(context));
    return new Tree(root, context);
  }

  private static CommandLine runs(CommandContext context) {
    return group(
        "Start runs, see them, follow them, cancel them.",
        new RunsCreateCommand(context),
        new RunsListCommand(context),
        new RunsGetCommand(context),
        new RunsWatchCommand(context),
        new RunsLogsCommand(context),
        new RunsCancelCommand(context),
        new RunsRetryCommand(context));
  }

  private static CommandLine apps(CommandContext context) {
    return group(
        "See and create apps.",
        new AppsListCommand(context),
        new AppsGetCommand(context),
        new AppsCreateCommand(context));
  }

  private static CommandLine versions(CommandContext context) {
    return group(
        "See an app's versions, upload one.",
        new VersionsListCommand(context),
        new VersionsGetCommand(context),
        new VersionsUploadCommand(context));
  }

  private static CommandLine tokens(CommandContext context) {
    return group(
        "Create, see and revoke API tokens.",
        new TokensCreateCommand(context),
        new TokensListCommand(context),
        new TokensRevokeCommand(context));
  }

  private static CommandLine runners(CommandContext context) {
    return group("See the runners.", new RunnersListCommand(context));
  }

  private static CommandLine config(CommandContext context) {
    return group(
        "Servers and tokens that this program remembers.",
        new ConfigSetCommand(context),
        new ConfigGetCommand(context),
        new ConfigListCommand(context),
        new ConfigUseCommand(context));
  }

  private static CommandLine group(String description, CliCommand... commands) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(description).synopsisSubcommandLabel("COMMAND");
    var group = new CommandLine(spec);
    for (CliCommand command : commands) {
      group.addSubcommand(command);
    }
    return group;
  }
}
