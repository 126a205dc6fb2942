package dev.minitower.model.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.model.lifecycle.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What start and heartbeat answer: the lease as it is now. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LeaseStateResponse(
    @JsonProperty("attempt_id") long attemptId,
    @JsonProperty("attempt_no") int attemptNo,
    AttemptStatus status,
    @JsonProperty("lease_expires_at") Instant leaseExpiresAt,
    @JsonProperty("lease_ttl_seconds") @Nullable Integer leaseTtlSeconds,
    @JsonProperty("cancel_requested") boolean cancelRequested,
    @JsonProperty("run_status") RunStatus runStatus) {}
