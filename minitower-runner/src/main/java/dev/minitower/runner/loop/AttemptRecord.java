package dev.minitower.runner.loop;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.minitower.model.api.ResultRequest;
import dev.minitower.runner.client.LeaseKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the runner's disk knows of a lease token, so that the next start of the runner can go on.
 *
 * @param runId known from {@link Phase#STARTED} on
 * @param attemptId likewise; names the folder of its output
 * @param leaseTtlSeconds likewise; how long a lease lasts
 * @param result what is to be delivered, in {@link Phase#FINISHED}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record AttemptRecord(
    @JsonProperty("lease_token") String leaseToken,
    Phase phase,
    @JsonProperty("run_id") @Nullable Long runId,
    @JsonProperty("attempt_id") @Nullable Long attemptId,
    @JsonProperty("lease_ttl_seconds") @Nullable Long leaseTtlSeconds,
    @Nullable ResultRequest result) {

  /** How far it went. Each phase is on disk before the call to the server that it stands for. */
  enum Phase {
    /** A lease may have been given under the token, and nothing was done with it. */
    ASKED,
    /** A process may have been started: it can't be known what it did. */
    STARTED,
    /** The work is done; the end of its log and its result may be missing on the server. */
    FINISHED
  }

  static AttemptRecord asked(String leaseToken) {
    return new AttemptRecord(leaseToken, Phase.ASKED, null, null, null, null);
  }

  static AttemptRecord started(LeaseKey key, long attemptId, Duration ttl) {
    return new AttemptRecord(
        key.leaseToken(), Phase.STARTED, key.runId(), attemptId, ttl.toSeconds(), null);
  }

  AttemptRecord finished(ResultRequest outcome) {
    return new AttemptRecord(
        leaseToken, Phase.FINISHED, runId, attemptId, leaseTtlSeconds, outcome);
  }

  /** Without the token, which must not reach a log. */
  @Override
  public String toString() {
    return "phase=" + phase + " run=" + runId;
  }
}
