package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A runner as an admin sees it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunnerResponse(
    @JsonProperty("runner_id") long runnerId,
    String name,
    String environment,
    RunnerStatus status,
    @JsonProperty("last_seen_at") @Nullable Instant lastSeenAt,
    @Nullable Map<String, String> labels,
    @Nullable String version,
    @JsonProperty("max_concurrent") int maxConcurrent,
    @JsonProperty("active_runs") int activeRuns,
    @JsonProperty("registered_at") Instant registeredAt,
    @Nullable String isolation,
    RunnerState state,
    @JsonProperty("state_reason") @Nullable String stateReason) {}
