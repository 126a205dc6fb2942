package dev.minitower.cli.command;

import dev.minitower.cli.command.Deployment.State;
import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.platform.CliException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Starts an app and stays until its run ends, or runs a folder's project right here. */
@Command(
    name = "run",
    footer = {
      "",
      "Exit codes: 0 completed, 1 failed or dead, 2 cancelled.",
      "Ctrl-C leaves a run on the server alone, and ends a local one.",
      "",
      "Examples: minitower-cli run hello -p name=Ada",
      "          minitower-cli run --deploy",
      "          minitower-cli run --local -p name=Ada"
    })
final class RunCommand extends CliCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "APP",
      description = "The app's slug. Without it: the app of the folder's Towerfile.")
  @Nullable String app;

  @Mixin RunRequestOptions request = new RunRequestOptions();

  @Option(
      names = {"-d", "--detach", "--detached"},
      description = "Start the run and leave it to itself.")
  boolean detach;

  @Option(
      names = "--deploy",
      description = "Deploy the folder first, if it isn't the app's newest version.")
  boolean deploy;

  @Option(
      names = "--local",
      description =
          "Run the folder's project on this machine as a runner would, without any server.")
  boolean local;

  @Mixin ProjectFolder folder = new ProjectFolder();

  RunCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (local) {
      return runLocally();
    }
    if (deploy && request.version != null) {
      throw CliException.usage("--deploy runs what it deploys; leave out --version");
    }
    ObjectNode body = request.toBody(context.surroundings().streams().in());
    if (deploy) {
      return deployAndRun(body);
    }
    String wanted = app != null ? app : folder.open(context).towerfile().name();
    return new RunStarter(context).start(context.api(), wanted, body, !detach);
  }

  /** Runs the very version that this folder is, whatever somebody else deploys meanwhile. */
  private int deployAndRun(ObjectNode body) {
    Project project = openFor("--deploy deploys");
    ApiClient api = context.api();
    String name = project.towerfile().name();
    try (var packed = project.pack(context.err())) {
      var deployment = new Deployment(context, api, project.towerfile(), packed.artifact());
      State state = deployment.look();
      Optional<Answer> uploaded = deployment.deploy(state, true, false);
      JsonNode version = uploaded.map(Answer::json).orElse(state.newest());
      context
          .err()
          .line(
              uploaded.isPresent()
                  ? deployment.sentence(version)
                  : Deployment.unchanged(name, version));
      body.set("version_no", version.path("version_no"));
    }
    return new RunStarter(context).start(api, name, body, !detach);
  }

  private int runLocally() {
    if (deploy || detach || request.version != null || request.isScheduled()) {
      throw CliException.usage(
          "--local runs the folder as it is, here and now: --deploy, --detach, --version,"
              + " --priority and --max-retries are for runs on a server");
    }
    Project project = openFor("--local runs");
    return new LocalRunSession(context, project)
        .run(request.values(context.surroundings().streams().in()));
  }

  /** The folder's project; another app's name beside it is a mistake. */
  private Project openFor(String what) {
    Project project = folder.open(context);
    String name = project.towerfile().name();
    if (app != null && !app.equals(name)) {
      throw CliException.usage(
          what + " the project in " + project.root() + ", whose app is " + name + ", not " + app);
    }
    return project;
  }
}
