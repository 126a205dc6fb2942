package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An app's last finished runs, oldest first, and what they say of it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecentRunsResponse(
    List<FinishedRunResponse> runs,
    @JsonProperty("success_rate") @Nullable Double successRate,
    @JsonProperty("median_seconds") @Nullable Double medianSeconds) {}
