package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minitower.model.lifecycle.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A finished run in short; one that never started has no duration. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FinishedRunResponse(
    @JsonProperty("run_id") long runId,
    @JsonProperty("run_no") int runNo,
    RunStatus status,
    @JsonProperty("finished_at") Instant finishedAt,
    @JsonProperty("duration_seconds") @Nullable Double durationSeconds) {}
