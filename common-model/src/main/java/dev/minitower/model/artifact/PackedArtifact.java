package dev.minitower.model.artifact;

import java.nio.file.Path;
import java.util.List;

/**
 * An artifact that was written.
 *
 * @param size of the file, in bytes
 * @param contentSha256 of the tar inside: the same for the same tree everywhere
 * @param files what is in it, sorted by name
 */
public record PackedArtifact(
    Path file, long size, String artifactSha256, String contentSha256, List<PackedFile> files) {

  public PackedArtifact {
    files = List.copyOf(files);
  }
}
