package dev.minitower.model.artifact;

import org.jspecify.annotations.Nullable;

/**
 * One file, link or folder of an archive.
 *
 * @param path relative to the root, without {@code ./} and without a trailing {@code /}
 * @param size in bytes; 0 for all but files
 * @param linkTarget as written in a link, relative to the link's folder; null for all but links
 */
public record ArtifactEntry(
    String path, long size, boolean executable, @Nullable String linkTarget) {}
