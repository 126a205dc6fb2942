package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An app with what its list shows of it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AppResponse(
    @JsonProperty("app_id") long appId,
    String slug,
    @Nullable String description,
    boolean disabled,
    @JsonProperty("created_at") Instant createdAt,
    @JsonProperty("updated_at") Instant updatedAt,
    @JsonProperty("latest_version_no") @Nullable Integer latestVersionNo,
    @JsonProperty("last_run") @Nullable RunResponse lastRun,
    @Nullable RecentRunsResponse recent) {}
