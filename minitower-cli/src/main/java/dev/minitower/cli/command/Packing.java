package dev.minitower.cli.command;

import dev.minitower.cli.output.HumanText;
import dev.minitower.cli.output.Table;
import dev.minitower.cli.platform.Json;
import dev.minitower.model.artifact.PackedArtifact;
import dev.minitower.model.artifact.PackedFile;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What is in an artifact, for people and for programs. */
final class Packing {
  private Packing() {}

  /** Such as {@code 3 files, 12 kB packed to 4.1 kB}. */
  static String summary(PackedArtifact artifact) {
    return files(artifact.files()) + " packed to " + HumanText.size(artifact.size());
  }

  static String files(List<PackedFile> files) {
    long bytes = files.stream().mapToLong(PackedFile::size).sum();
    return files.size() + (files.size() == 1 ? " file, " : " files, ") + HumanText.size(bytes);
  }

  static Table table(List<PackedFile> files) {
    var table = Table.withColumns("SIZE", "FILE");
    files.forEach(file -> table.row(HumanText.size(file.size()), file.path()));
    return table;
  }

  static ObjectNode json(String app, List<PackedFile> files) {
    ObjectNode json = Json.object().put("app", app);
    var list = json.putArray("files");
    files.forEach(file -> list.addObject().put("path", file.path()).put("size", file.size()));
    return json;
  }

  static ObjectNode json(String app, PackedArtifact artifact) {
    return json(app, artifact.files())
        .put("artifact_size", artifact.size())
        .put("artifact_sha256", artifact.artifactSha256())
        .put("content_sha256", artifact.contentSha256());
  }
}
