package dev.minitower.model.artifact;

/**
 * One file or link that goes into an artifact.
 *
 * @param path relative to the project's root, with {@code /}
 * @param size in bytes; 0 for a link
 */
public record PackedFile(String path, long size) {}
