package dev.minitower.cli.command;

import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.http.ServerRefusal;
import dev.minitower.cli.http.Unreachable;
import dev.minitower.cli.output.HumanText;
import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.ExitCodes;
import dev.minitower.cli.platform.Json;
import dev.minitower.model.artifact.PackedArtifact;
import dev.minitower.model.artifact.PackedFile;
import dev.minitower.model.towerfile.Towerfile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Makes a packed project the newest version of its app, unless it is that already. */
final class Deployment {
  private static final int LARGEST_SHOWN = 10;

  private final CommandContext context;
  private final ApiClient api;
  private final Towerfile towerfile;
  private final PackedArtifact artifact;
  private final String app;

  Deployment(CommandContext context, ApiClient api, Towerfile towerfile, PackedArtifact artifact) {
    this.context = context;
    this.api = api;
    this.towerfile = towerfile;
    this.artifact = artifact;
    this.app = towerfile.name();
  }

  /**
   * What the server has of it now.
   *
   * @param newest the newest version; missing if there is none
   */
  record State(boolean appExists, JsonNode newest) {
    boolean isSame(PackedArtifact artifact) {
      return Json.text(newest, "content_sha256").equals(artifact.contentSha256());
    }
  }

  /** Changes nothing. */
  State look() {
    return api.find(ApiPath.of("apps", app))
        .map(found -> new State(true, newestVersion()))
        .orElseGet(() -> new State(false, Json.object().path("none")));
  }

  /** The version as the server tells it; empty if the newest one is the same. */
  Optional<Answer> deploy(State state, boolean create, boolean force) {
    requireApp(state, create);
    if (!state.appExists()) {
      createApp();
    }
    return state.isSame(artifact) && !force ? Optional.empty() : Optional.of(upload());
  }

  /** What was deployed, in words. */
  String sentence(JsonNode version) {
    return "deployed "
        + app
        + " version "
        + Json.text(version, "version_no")
        + " ("
        + Packing.summary(artifact)
        + ")";
  }

  static String unchanged(String app, JsonNode newest) {
    return "no changes since version " + Json.text(newest, "version_no") + " of " + app;
  }

  private JsonNode newestVersion() {
    return api.get(ApiPath.of("apps", app, "versions").with("limit", 1))
        .json()
        .path("versions")
        .path(0);
  }

  /** Ends the command where the app isn't there and must not be made. */
  void requireApp(State state, boolean create) {
    if (!state.appExists() && !create) {
      throw new CliException(
          "there is no app "
              + app
              + " yet; leave out --no-create, or make it with 'minitower-cli apps create "
              + app
              + "'",
          ExitCodes.NOT_FOUND,
          List.of());
    }
  }

  private void createApp() {
    var body = Json.object().put("slug", app);
    if (towerfile.description() != null) {
      body.put("description", towerfile.description());
    }
    try {
      var unused = api.post(ApiPath.of("apps"), body);
      context.err().line("app " + app + " created");
    } catch (ServerRefusal refusal) {
      if (!refusal.code().equals("slug_taken")) {
        throw refusal;
      }
    }
  }

  private Answer upload() {
    try {
      return new ArtifactUploader(context).upload(api, app, artifact.file());
    } catch (ServerRefusal refusal) {
      throw refusal.status() == 413 ? tooLarge(refusal) : refusal;
    } catch (Unreachable gone) {
      throw gone.isDuringUpload() ? tooLarge(gone) : gone;
    }
  }

  private CliException tooLarge(CliException reason) {
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
}
