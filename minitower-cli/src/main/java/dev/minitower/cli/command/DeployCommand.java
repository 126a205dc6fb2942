package dev.minitower.cli.command;

import dev.minitower.cli.command.Deployment.State;
import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.platform.Json;
import dev.minitower.model.artifact.PackedArtifact;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * Packs a project and uploads it if it isn't the app's newest version already. All that can be
 * wrong with the project is found before the server is asked for anything.
 */
@Command(
    name = "deploy",
    footer = {
      "",
      "Examples: minitower-cli deploy --dir examples/hello",
      "          minitower-cli deploy --dry-run"
    })
final class DeployCommand extends PlainCommand {
  @Mixin ProjectFolder folder = new ProjectFolder();

  @Option(names = "--force", description = "Upload even when nothing has changed.")
  boolean force;

  @Option(
      names = "--create",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Create the app if it isn't there. --no-create refuses to.")
  boolean create = true;

  @Option(
      names = "--dry-run",
      description = "Pack, ask the server what it has, say what would be done, and do none of it.")
  boolean dryRun;

  DeployCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    var project = folder.open(context);
    ApiClient api = context.api();
    try (var packed = project.pack(context.err())) {
      var deployment = new Deployment(context, api, project.towerfile(), packed.artifact());
      String app = project.towerfile().name();
      State state = deployment.look();
      if (dryRun) {
        deployment.requireApp(state, create);
        tellPlan(app, state, packed.artifact());
        return;
      }
      Optional<Answer> version = deployment.deploy(state, create, force);
      if (version.isPresent()) {
        context.show(version.get(), uploaded -> report(app, deployment.sentence(uploaded)));
      } else {
        reportUnchanged(api, app, state.newest());
      }
    }
  }

  private void reportUnchanged(ApiClient api, String app, JsonNode newest) {
    String sentence = Deployment.unchanged(app, newest);
    if (context.wantsJson()) {
      String versionNo = Json.text(newest, "version_no");
      context.out().json(api.get(ApiPath.of("apps", app, "versions", versionNo)).body());
      context.err().line(sentence);
    } else {
      context.out().line(sentence);
    }
  }

  private void report(String app, String sentence) {
    context.out().line(sentence);
    context.err().line("run it with: minitower-cli run " + app);
  }

  private void tellPlan(String app, State state, PackedArtifact artifact) {
    boolean upload = force || !state.isSame(artifact);
    if (context.wantsJson()) {
      var plan =
          Packing.json(app, artifact)
              .put("would_create", !state.appExists())
              .put("would_upload", upload);
      if (state.newest().isObject()) {
        plan.put("latest_version_no", state.newest().path("version_no").asInt(0));
      }
      context.out().json(Json.write(plan));
      return;
    }
    Packing.table(artifact.files()).printTo(context.out());
    context.out().line(app + ": " + Packing.summary(artifact));
    context.out().line(upload ? plan(app, state) : Deployment.unchanged(app, state.newest()));
  }

  private static String plan(String app, State state) {
    if (!state.appExists()) {
      return "would create app " + app + " and upload its version 1";
    }
    int next = state.newest().path("version_no").asInt(0) + 1;
    return "would upload " + app + " version " + next;
  }
}
