package dev.minitower.server.apps;

import dev.minitower.model.artifact.InspectedArtifact;
import dev.minitower.model.towerfile.InputSchema;
import dev.minitower.model.towerfile.Towerfile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A version to be stored: what its artifact says of it. */
record NewVersion(
    String entrypoint,
    @Nullable Integer timeoutSeconds,
    @Nullable Map<String, Object> paramsSchema,
    @Nullable List<String> importPaths,
    String towerfileToml,
    String artifactSha256,
    long artifactSize,
    String contentSha256) {

  static NewVersion of(InspectedArtifact artifact) {
    Towerfile towerfile = artifact.towerfile();
    return new NewVersion(
        towerfile.script(),
        towerfile.timeoutSeconds(),
        towerfile.parameters().isEmpty()
            ? null
            : InputSchema.of(towerfile.parameters()).toJsonSchema(),
        towerfile.importPaths().isEmpty() ? null : towerfile.importPaths(),
        artifact.towerfileToml(),
        artifact.artifactSha256(),
        artifact.artifactSize(),
        artifact.contentSha256());
  }
}
