package dev.minitower.cli.command;

import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.output.Progress;
import java.nio.file.Path;

/** Sends an artifact as an app's next version and shows how far it is. */
final class ArtifactUploader {
  private final CommandContext context;

  ArtifactUploader(CommandContext context) {
    this.context = context;
  }

  Answer upload(ApiClient api, String app, Path artifact) {
    var clock = context.surroundings().clock();
    try (var progress = new Progress(context.err(), clock, "uploading " + app)) {
      return api.upload(ApiPath.of("apps", app, "versions"), artifact, progress::update);
    }
  }
}
