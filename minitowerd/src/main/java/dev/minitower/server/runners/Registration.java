package dev.minitower.server.runners;

import dev.minitower.model.api.RegisterRunnerRequest;
import dev.minitower.model.identity.TokenHash;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a runner says of itself, with the defaults filled in, and the token it will have. */
record Registration(
    String name,
    TokenHash tokenHash,
    String environment,
    @Nullable String instanceId,
    @Nullable String version,
    @Nullable Map<String, String> labels,
    int maxConcurrent,
    @Nullable String isolation) {
  private static final String DEFAULT_ENVIRONMENT = "default";

  static Registration of(RegisterRunnerRequest request, TokenHash tokenHash) {
    return new Registration(
        request.name(),
        tokenHash,
        request.environment() == null ? DEFAULT_ENVIRONMENT : request.environment(),
        request.instanceId(),
        request.version(),
        request.labels(),
        request.maxConcurrent() == null ? 1 : request.maxConcurrent(),
        request.isolation());
  }

  /**
   * A runner may come back with fewer slots than it holds attempts; it never holds more than it
   * may, so it keeps as many as it uses until it registers again.
   */
  Registration withRoomFor(int activeAttempts) {
    return new Registration(
        name,
        tokenHash,
        environment,
        instanceId,
        version,
        labels,
        Math.max(maxConcurrent, activeAttempts),
        isolation);
  }

  /** Says that it is another installation than the one that holds the name. */
  boolean isAnotherInstanceThan(Runner holder) {
    return instanceId != null && !instanceId.equals(holder.instanceId());
  }
}
