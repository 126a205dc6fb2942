package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One deployed version; {@code content_sha256} is of the tar inside the artifact. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionResponse(
    @JsonProperty("version_id") long versionId,
    @JsonProperty("version_no") int versionNo,
    String entrypoint,
    @JsonProperty("timeout_seconds") @Nullable Integer timeoutSeconds,
    @JsonProperty("params_schema") @Nullable Map<String, Object> paramsSchema,
    @JsonProperty("artifact_sha256") String artifactSha256,
    @JsonProperty("towerfile_toml") String towerfileToml,
    @JsonProperty("import_paths") @Nullable List<String> importPaths,
    @JsonProperty("created_at") Instant createdAt,
    @JsonProperty("artifact_size") long artifactSize,
    @JsonProperty("content_sha256") String contentSha256) {}
