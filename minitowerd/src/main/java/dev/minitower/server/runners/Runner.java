package dev.minitower.server.runners;

import dev.minitower.model.api.RunnerState;
import dev.minitower.model.api.RunnerStateRequest;
import dev.minitower.model.identity.TokenHash;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A runner as it is stored.
 *
 * @param instanceId which installation holds the name; null if it did not say
 * @param lastSeenAt as last written: up to half a minute behind {@link RunnerLiveness}
 * @param isolation how it keeps what it runs apart; null if it did not say
 * @param state as it said last, however long ago that was
 */
record Runner(
    long id,
    String name,
    TokenHash tokenHash,
    String environment,
    @Nullable String instanceId,
    @Nullable String version,
    @Nullable Map<String, String> labels,
    int maxConcurrent,
    Instant registeredAt,
    Instant lastSeenAt,
    @Nullable String isolation,
    RunnerState state,
    @Nullable String stateReason) {

  /** Whether it is stored like this already. */
  boolean says(RunnerStateRequest said) {
    return state == said.state() && Objects.equals(stateReason, said.reason());
  }
}
