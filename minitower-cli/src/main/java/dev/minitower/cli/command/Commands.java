package dev.minitower.cli.command;

import dev.minitower.cli.platform.Surroundings;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The tree of all commands. A group's commands are made only if its name is on the command line:
 * reading the annotations of all of them would be most of the time that a command takes.
 */
public final class Commands {
  private final CommandContext context;
  private final Set<String> words;

  private Commands(CommandContext context, Set<String> words) {
    this.context = context;
    this.words = words;
  }

  /** The command line ready to be executed, and the context that its commands were given. */
  public record Tree(CommandLine root, CommandContext context) {}

  public static Tree create(Surroundings surroundings, List<String> arguments) {
    var options = new RootCommand();
    var context = new CommandContext(surroundings, options);
    var root = new CommandLine(options);
    new Commands(context, Set.copyOf(arguments)).addTo(root);
    return new Tree(root, context);
  }

  private void addTo(CommandLine root) {
    root.addSubcommand(new LoginCommand(context))
        .addSubcommand(new LogoutCommand(context))
        .addSubcommand(new MeCommand(context))
        .addSubcommand(new DeployCommand(context));
    addGroup(root, "runs", "Start runs, see them, follow them, cancel them.", this::runs);
    addGroup(root, "apps", "See and create apps.", this::apps);
    addGroup(root, "versions", "See an app's versions, upload one.", this::versions);
    addGroup(root, "tokens", "Create, see and revoke API tokens.", this::tokens);
    addGroup(root, "runners", "See the runners.", () -> List.of(new RunnersListCommand(context)));
    addGroup(root, "config", "Servers and tokens that this program remembers.", this::config);
  }

  private List<CliCommand> runs() {
    return List.of(
        new RunsCreateCommand(context),
        new RunsListCommand(context),
        new RunsGetCommand(context),
        new RunsWatchCommand(context),
        new RunsLogsCommand(context),
        new RunsCancelCommand(context),
        new RunsRetryCommand(context));
  }

  private List<CliCommand> apps() {
    return List.of(
        new AppsListCommand(context), new AppsGetCommand(context), new AppsCreateCommand(context));
  }

  private List<CliCommand> versions() {
    return List.of(
        new VersionsListCommand(context),
        new VersionsGetCommand(context),
        new VersionsUploadCommand(context));
  }

  private List<CliCommand> tokens() {
    return List.of(
        new TokensCreateCommand(context),
        new TokensListCommand(context),
        new TokensRevokeCommand(context));
  }

  private List<CliCommand> config() {
    return List.of(
        new ConfigSetCommand(context),
        new ConfigGetCommand(context),
        new ConfigListCommand(context),
        new ConfigUseCommand(context));
  }

  private void addGroup(
      CommandLine root, String name, String description, Supplier<List<CliCommand>> commands) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(description).synopsisSubcommandLabel("COMMAND");
    var group = new CommandLine(spec);
    if (words.contains(name)) {
      commands.get().forEach(group::addSubcommand);
    }
    root.addSubcommand(name, group);
  }
}
