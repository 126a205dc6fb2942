package dev.minitower.cli.command;

import dev.minitower.cli.platform.Surroundings;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The tree of all commands. A command is made only if its name, or its group's, is on the command
 * line: reading the annotations of all of them would be most of the time that a command takes. The
 * others are names with a description, and not even that when the line begins with a command,
 * because then nothing can show them.
 */
public final class Commands {
  private final CommandContext context;
  private final Predicate<String> wanted;
  private final @Nullable String onlyOne;

  private Commands(CommandContext context, Predicate<String> wanted, @Nullable String onlyOne) {
    this.context = context;
    this.wanted = wanted;
    this.onlyOne = onlyOne;
  }

  /** The command line ready to be executed, and the context that its commands were given. */
  public record Tree(CommandLine root, CommandContext context) {}

  public static Tree create(Surroundings surroundings, List<String> arguments) {
    if (!arguments.isEmpty() && !arguments.get(0).startsWith("-")) {
      String first = arguments.get(0);
      Tree tree = create(surroundings, first::equals, first);
      if (!tree.root().getSubcommands().isEmpty()) {
        return tree;
      }
    }
    return create(surroundings, Set.copyOf(arguments)::contains, null);
  }

  /** With every command, for those who look at the tree itself. */
  public static CommandLine complete(Surroundings surroundings) {
    return create(surroundings, name -> true, null).root();
  }

  private static Tree create(
      Surroundings surroundings, Predicate<String> wanted, @Nullable String onlyOne) {
    var options = new RootCommand();
    var context = new CommandContext(surroundings, options);
    var root = new CommandLine(options);
    new Commands(context, wanted, onlyOne).addTo(root);
    return new Tree(root, context);
  }

  private void addTo(CommandLine root) {
    add(root, "init", "Make a Towerfile for a folder.", () -> new InitCommand(context));
    add(
        root,
        "validate",
        "Tell every problem of a folder's Towerfile and files.",
        () -> new ValidateCommand(context));
    add(
        root,
        "package",
        "Pack a folder into the file that a deploy would send.",
        () -> new PackageCommand(context));
    add(root, "deploy", "Deploy the project of a folder.", () -> new DeployCommand(context));
    add(
        root,
        "run",
        "Run an app and watch it, or a folder's project on this machine.",
        () -> new RunCommand(context));
    group(root, "runs", "Start runs, see them, follow them, cancel them.", this::runs);
    group(root, "apps", "See, create, change, disable and enable apps.", this::apps);
    group(root, "versions", "See an app's versions, upload and download them.", this::versions);
    group(root, "tokens", "Create, see and revoke API tokens.", this::tokens);
    group(root, "runners", "See the runners.", () -> List.of(new RunnersListCommand(context)));
    add(
        root,
        "login",
        "Log in to a team and remember its token in a profile.",
        () -> new LoginCommand(context));
    add(
        root,
        "logout",
        "Revoke the profile's token and forget it. Flags and environment have no part in it.",
        () -> new LogoutCommand(context));
    add(root, "me", "Show team, role and server in use.", () -> new MeCommand(context));
    add(
        root,
        "status",
        "Show whether the server is there, what it has to do and who you are to it.",
        () -> new StatusCommand(context));
    group(root, "config", "Servers and tokens that this program remembers.", this::config);
    add(
        root,
        "completion",
        "Print the completions for a shell.",
        () -> new CompletionCommand(context));
    add(root, "version", "Print the version of this program.", () -> new VersionCommand(context));
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
        new AppsListCommand(context),
        new AppsGetCommand(context),
        new AppsCreateCommand(context),
        new AppsUpdateCommand(context),
        new AppsDisableCommand(context),
        new AppsEnableCommand(context));
  }

  private List<CliCommand> versions() {
    return List.of(
        new VersionsListCommand(context),
        new VersionsGetCommand(context),
        new VersionsUploadCommand(context),
        new VersionsDownloadCommand(context));
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

  private void add(
      CommandLine root, String name, String description, Supplier<CliCommand> command) {
    if (onlyOne != null && !onlyOne.equals(name)) {
      return;
    }
    var line = new CommandLine(wanted.test(name) ? command.get() : CommandSpec.create().name(name));
    line.getCommandSpec().usageMessage().description(description);
    root.addSubcommand(name, line);
  }

  private void group(
      CommandLine root, String name, String description, Supplier<List<CliCommand>> commands) {
    if (onlyOne != null && !onlyOne.equals(name)) {
      return;
    }
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(description).synopsisSubcommandLabel("COMMAND");
    var group = new CommandLine(spec);
    if (wanted.test(name)) {
      commands.get().forEach(group::addSubcommand);
    }
    root.addSubcommand(name, group);
  }
}
