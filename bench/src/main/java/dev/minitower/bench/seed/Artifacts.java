package dev.minitower.bench.seed;

import dev.minitower.model.artifact.ArtifactPacker;
import dev.minitower.model.artifact.PackedArtifact;
import dev.minitower.model.towerfile.TowerfileParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The archives of the versions, stored where the server looks for them. */
final class Artifacts {
  private final Optional<Path> objects;

  Artifacts(Optional<Path> objects) {
    this.objects = objects;
  }

  record Artifact(String towerfile, String sha256, String contentSha256, long size) {}

  /** A script of one line, another one for each version. */
  Artifact pack(String slug, int versionNo) throws IOException {
    String toml = "[app]\nname = \"%s\"\nscript = \"main.py\"\n".formatted(slug);
    Path project = Files.createTempDirectory("minitower-seed");
    Path towerfile = project.resolve("Towerfile");
    Path script = project.resolve("main.py");
    Path archive = project.resolve("artifact.tar.gz");
    try {
      Files.writeString(towerfile, toml);
      Files.writeString(script, "print('version %d')\n".formatted(versionNo));
      PackedArtifact packed =
          ArtifactPacker.pack(project, TowerfileParser.parse(toml).towerfile(), archive);
      store(packed);
      return new Artifact(toml, packed.artifactSha256(), packed.contentSha256(), packed.size());
    } finally {
      for (Path path : new Path[] {archive, script, towerfile, project}) {
        boolean unused = Files.deleteIfExists(path);
      }
    }
  }

  private void store(PackedArtifact packed) throws IOException {
    if (objects.isPresent()) {
      String sha256 = packed.artifactSha256();
      Path folder = objects.get().resolve(sha256.substring(0, 2)).resolve(sha256.substring(2, 4));
      Files.createDirectories(folder);
      Files.copy(packed.file(), folder.resolve(sha256), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
