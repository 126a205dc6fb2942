package dev.minitower.model.artifact;

import dev.minitower.model.towerfile.Towerfile;

/** What a version is made of: its Towerfile and what identifies its bytes. */
public record InspectedArtifact(
    Towerfile towerfile,
    String towerfileToml,
    String contentSha256,
    String artifactSha256,
    long artifactSize) {}
