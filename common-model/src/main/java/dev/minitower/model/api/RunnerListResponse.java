package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runners by name. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunnerListResponse(
    List<RunnerResponse> runners, @JsonProperty("next_cursor") @Nullable String nextCursor) {}
