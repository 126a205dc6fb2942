package dev.minitower.server.platform.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the operator decided. Read by {@link SettingsReader}, which also knows names and defaults.
 *
 * @param signupEnabled empty: open until the first team exists
 * @param registrationToken empty: generated once into the data folder
 * @param runnerPruneAfter zero: never
 * @param maxRequestBody bytes; artifact uploads have a limit of their own
 * @param metricsAddress where the metrics are, if not beside everything else
 */
public record Settings(
    ListenAddress listenAddress,
    Path dataDir,
    Path databasePath,
    Path objectsDir,
    Optional<Boolean> signupEnabled,
    Optional<String> bootstrapToken,
    Optional<String> registrationToken,
    List<String> corsOrigins,
    Duration leaseTtl,
    Duration expiryCheckInterval,
    Duration runnerPruneAfter,
    long maxRequestBody,
    long maxArtifact,
    Optional<ListenAddress> metricsAddress,
    boolean jsonLogs) {}
