package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/** One stored line. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogEntryResponse(
    long seq,
    LogStream stream,
    String line,
    @JsonProperty("logged_at") Instant loggedAt,
    @JsonProperty("attempt_no") int attemptNo) {}
