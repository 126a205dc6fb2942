package dev.minitower.server.runs;

import dev.minitower.server.platform.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How long leases last. A deadline beside the lease means that a runner that heartbeats for ever
 * can't hold a run for ever.
 */
@Component
final class LeaseTimes {
  private static final Duration SETUP_ALLOWANCE = Duration.ofMinutes(15);
  private static final Duration RESULT_ALLOWANCE = Duration.ofMinutes(1);
  private static final Duration CANCEL_ALLOWANCE = Duration.ofMinutes(10);

  /** What a runner applies to a version that names no timeout. */
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

  private final Duration ttl;

  LeaseTimes(Settings settings) {
    this.ttl = settings.leaseTtl();
  }

  /** Whole seconds, at least one: what a runner with a wrong clock counts from. */
  int ttlSeconds() {
    return (int) Math.max(1, ttl.toSeconds());
  }

  Instant leaseUntil(Instant now) {
    return now.plus(ttl);
  }

  /** Counted from the lease, and anew from the start. */
  Instant deadline(Instant now, @Nullable Integer timeoutSeconds) {
    Duration timeout =
        timeoutSeconds == null ? DEFAULT_TIMEOUT : Duration.ofSeconds(timeoutSeconds);
    return now.plus(SETUP_ALLOWANCE).plus(timeout).plus(RESULT_ALLOWANCE);
  }

  Instant cancelDeadline(Instant now) {
    return now.plus(CANCEL_ALLOWANCE);
  }
}
