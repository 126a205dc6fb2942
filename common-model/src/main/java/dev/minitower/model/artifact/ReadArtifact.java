package dev.minitower.model.artifact;

/**
 * An archive that was read to its end.
 *
 * @param contentSha256 of the tar, which decides whether two versions are the same
 * @param contentBytes size of the tar
 * @param artifactSha256 of the bytes as they came
 */
public record ReadArtifact(
    String contentSha256, long contentBytes, String artifactSha256, long artifactBytes) {}
