package dev.minitower.runner.loop;

import java.time.Duration;
import java.util.Optional;

/**
 * How many leases this runner holds and how it lets go of one.
 *
 * @param killGrace the time between TERM and KILL
 * @param safety what is added to the grace for the kill itself, and for clocks
 * @param pollInterval the shortest time between two fruitless questions for work
 */
public record LeasePolicy(
    int concurrency, Duration killGrace, Duration safety, Duration pollInterval) {

  Duration margin() {
    return killGrace.plus(safety);
  }

  /** What is wrong with this policy under leases of that length, in words. */
  Optional<String> problemWith(Duration ttl) {
    Duration most = ttl.dividedBy(2).minus(safety);
    return margin().multipliedBy(2).compareTo(ttl) <= 0
        ? Optional.empty()
        : Optional.of(
            ("MINITOWER_KILL_GRACE_PERIOD=%dms is too long for the server's leases of %d s:"
                    + " allowed is at most %dms")
                .formatted(killGrace.toMillis(), ttl.toSeconds(), Math.max(0, most.toMillis())));
  }
}
