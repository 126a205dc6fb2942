package dev.minitower.model.artifact;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file or link of a project that goes into its artifact.
 *
 * @param path its name in the archive
 * @param linkTarget of a link, as it is written in it; null for a file
 */
record ProjectFile(
    String path, Path file, long size, boolean executable, @Nullable String linkTarget) {

  PackedFile packed() {
    return new PackedFile(path, size);
  }
}
