package dev.minitower.model.artifact;

import java.io.IOException;
import java.io.InputStream;

/**
 * Is told what an archive holds, in its order, while it is read. What it was told is good as far as
 * it goes, but only an archive that was read to its end without an exception is good as a whole.
 */
public interface ArtifactVisitor {
  /** A folder that has an entry of its own; folders may also be implied by what lies in them. */
  default void directory(ArtifactEntry entry) throws IOException {}

  /** A file; the content ends with the file and need not be read or closed. */
  default void file(ArtifactEntry entry, InputStream content) throws IOException {}

  /** A symbolic link that stays inside the root, whatever else the archive holds. */
  default void link(ArtifactEntry entry) throws IOException {}
}
