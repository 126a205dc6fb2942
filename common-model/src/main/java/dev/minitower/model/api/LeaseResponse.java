package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A leased run with all that a runner needs to execute it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LeaseResponse(
    @JsonProperty("run_id") long runId,
    @JsonProperty("run_no") int runNo,
    @JsonProperty("app_id") long appId,
    @JsonProperty("app_slug") String appSlug,
    @JsonProperty("version_no") int versionNo,
    String entrypoint,
    @JsonProperty("timeout_seconds") @Nullable Integer timeoutSeconds,
    @Nullable Map<String, @Nullable Object> input,
    @JsonProperty("attempt_id") long attemptId,
    @JsonProperty("attempt_no") int attemptNo,
    @JsonProperty("lease_token") String leaseToken,
    @JsonProperty("lease_expires_at") Instant leaseExpiresAt,
    @JsonProperty("lease_ttl_seconds") @Nullable Integer leaseTtlSeconds,
    @JsonProperty("artifact_sha256") @Nullable String artifactSha256,
    @Nullable String environment,
    @JsonProperty("max_retries") @Nullable Integer maxRetries) {}
