package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/** A runner and its token, shown this once. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RegisteredRunnerResponse(
    @JsonProperty("runner_id") long runnerId, String name, String token) {}
