package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Which ways in are open. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuthOptionsResponse(
    @JsonProperty("signup_enabled") boolean signupEnabled,
    @JsonProperty("bootstrap_enabled") boolean bootstrapEnabled) {}
