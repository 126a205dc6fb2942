package dev.minitower.server.runners;

import dev.minitower.model.identity.TokenHash;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A runner as it is stored.
 *
 * @param instanceId which installation holds the name; null if it did not say
 * @param lastSeenAt as last written: up to half a minute behind {@link RunnerLiveness}
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
    Instant lastSeenAt) {}
