package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The team's runs in one environment, and how many runners are there for all teams. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnvironmentQueueResponse(
    String environment,
    @JsonProperty("queued_runs") long queuedRuns,
    @JsonProperty("oldest_queued_at") @Nullable Instant oldestQueuedAt,
    @JsonProperty("active_runs") long activeRuns,
    @JsonProperty("runners_online") long runnersOnline) {}
