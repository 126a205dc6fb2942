package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs, newest first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunListResponse(
    List<RunResponse> runs, @JsonProperty("next_cursor") @Nullable String nextCursor) {}
