package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minitower.model.lifecycle.ErrorClass;
import dev.minitower.model.lifecycle.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run; {@code attempts} only where one run is asked for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunResponse(
    @JsonProperty("run_id") long runId,
    @JsonProperty("app_id") long appId,
    @JsonProperty("app_slug") String appSlug,
    @JsonProperty("run_no") int runNo,
    @JsonProperty("version_no") int versionNo,
    RunStatus status,
    @Nullable Map<String, @Nullable Object> input,
    int priority,
    @JsonProperty("max_retries") int maxRetries,
    @JsonProperty("retry_count") int retryCount,
    @JsonProperty("cancel_requested") boolean cancelRequested,
    @JsonProperty("queued_at") Instant queuedAt,
    @JsonProperty("started_at") @Nullable Instant startedAt,
    @JsonProperty("finished_at") @Nullable Instant finishedAt,
    String environment,
    @JsonProperty("exit_code") @Nullable Integer exitCode,
    @JsonProperty("error_message") @Nullable String errorMessage,
    @JsonProperty("error_class") @Nullable ErrorClass errorClass,
    @Nullable List<AttemptResponse> attempts) {}
