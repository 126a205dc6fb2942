package dev.minitower.cli.command;

import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.http.ServerRefusal;
import dev.minitower.cli.http.Unreachable;
import dev.minitower.cli.output.HumanText;
import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import dev.minitower.model.artifact.PackedArtifact;
import dev.minitower.model.artifact.PackedFile;
import dev.minitower.model.towerfile.Towerfile;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * Packs a project and uploads it if it isn't the app's newest version already. All that can be
 * wrong with the project is found before the server is asked for anything.
 */
@Command(
    name = "deploy",
    description = "Deploy the project of a folder with a Towerfile.",
    footer = {"", "Example: minitower-cli deploy --dir examples/hello"})
final class DeployCommand extends PlainCommand {
  private static final int LARGEST_SHOWN = 10;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "The project's folder. Without it: this one.")
  Path dir = Path.of("");

  @Option(names = "--force", description = "Upload even when nothing has changed.")
  boolean force;

  DeployCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    var project = Project.open(dir);
    project.warnings().forEach(warning -> context.err().line("warning: Towerfile: " + warning));
    ApiClient api = context.api();
    try (var packed = project.pack()) {
      String app = project.towerfile().name();
      createIfMissing(api, project.towerfile());
      Optional<JsonNode> same = force ? Optional.empty() : sameVersion(api, app, packed.artifact());
      if (same.isPresent()) {
        reportUnchanged(api, app, Json.text(same.get(), "version_no"));
      } else {
        Answer version = upload(api, app, packed.artifact());
        context.show(version, uploaded -> report(app, uploaded, packed.artifact()));
      }
    }
  }

  private void createIfMissing(ApiClient api, Towerfile towerfile) {
    if (api.find(ApiPath.of("apps", towerfile.name())).isPresent()) {
      return;
    }
    var body = Json.object().put("slug", towerfile.name());
    if (towerfile.description() != null) {
      body.put("description", towerfile.description());
    }
    try {
      var unused = api.post(ApiPath.of("apps"), body);
      context.err().line("app " + towerfile.name() + " created");
    } catch (ServerRefusal refusal) {
      if (!refusal.code().equals("slug_taken")) {
        throw refusal;
      }
    }
  }

  private Optional<JsonNode> sameVersion(ApiClient api, String app, PackedArtifact artifact) {
    JsonNode newest =
        api.get(ApiPath.of("apps", app, "versions").with("limit", 1))
            .json()
            .path("versions")
            .path(0);
    return Optional.of(newest)
        .filter(version -> Json.text(version, "content_sha256").equals(artifact.contentSha256()));
  }

  private Answer upload(ApiClient api, String app, PackedArtifact artifact) {
    try {
      return new ArtifactUploader(context).upload(api, app, artifact.file());
    } catch (ServerRefusal refusal) {
      throw refusal.status() == 413 ? tooLarge(refusal, artifact) : refusal;
    } catch (Unreachable gone) {
      throw gone.isDuringUpload() ? tooLarge(gone, artifact) : gone;
    }
  }

  private static CliException tooLarge(CliException reason, PackedArtifact artifact) {
    List<String> largest =
        artifact.files().stream()
            .sorted(Comparator.comparingLong(PackedFile::size).reversed())
            .limit(LARGEST_SHOWN)
            .map(file -> HumanText.size(file.size()) + "  " + file.path())
            .toList();
    return new CliException(
        reason.sentence() + "; its largest files are below, .minitowerignore leaves files out",
        reason.exitCode(),
        largest);
  }

  private void reportUnchanged(ApiClient api, String app, String versionNo) {
    if (context.wantsJson()) {
      context.out().json(api.get(ApiPath.of("apps", app, "versions", versionNo)).body());
      context.err().line("no changes since version " + versionNo + " of " + app);
    } else {
      context.out().line("no changes since version " + versionNo + " of " + app);
    }
  }

  private void report(String app, JsonNode version, PackedArtifact artifact) {
    int files = artifact.files().size();
    context
        .out()
        .line(
            "deployed "
                + app
                + " version "
                + Json.text(version, "version_no")
                + " ("
                + files
                + (files == 1 ? " file, " : " files, ")
                + HumanText.size(artifact.size())
                + ")");
    context.err().line("run it with: minitower-cli runs create " + app + " --follow");
  }
}
