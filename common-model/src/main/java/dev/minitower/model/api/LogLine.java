package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/** One line of output as a runner sends it; {@code seq} counts from 1 per attempt. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogLine(
    Long seq, LogStream stream, String line, @JsonProperty("logged_at") Instant loggedAt) {}
