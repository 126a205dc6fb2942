package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Counts over the team's runs; active is leased, running or cancelling. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSummaryResponse(
    @JsonProperty("total_runs") long totalRuns,
    @JsonProperty("active_runs") long activeRuns,
    @JsonProperty("queued_runs") long queuedRuns,
    @JsonProperty("terminal_runs") long terminalRuns) {}
