package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.model.lifecycle.ErrorClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One runner's try at a run. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttemptResponse(
    @JsonProperty("attempt_id") long attemptId,
    @JsonProperty("attempt_no") int attemptNo,
    AttemptStatus status,
    @JsonProperty("runner_name") String runnerName,
    @JsonProperty("leased_at") Instant leasedAt,
    @JsonProperty("started_at") @Nullable Instant startedAt,
    @JsonProperty("finished_at") @Nullable Instant finishedAt,
    @JsonProperty("exit_code") @Nullable Integer exitCode,
    @JsonProperty("error_message") @Nullable String errorMessage,
    @JsonProperty("error_class") @Nullable ErrorClass errorClass) {}
