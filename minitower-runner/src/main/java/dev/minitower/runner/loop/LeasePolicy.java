package dev.minitower.runner.loop;

import java.time.Duration;
import java.util.Optional;

/**
 * How many leases this runner holds and how it lets go of one.
 *
 * @param killGrace the time between TERM and KILL
 * @param safety what is added to the grace for the kill itself, and for clocks
 * @param pollInterval the shortest time between two fruitless questions for work
 * @param drainTimeout how long work under way may go on when the runner is asked to stop
 */
public record LeasePolicy(
    int concurrency,
    Duration killGrace,
    Duration safety,
    Duration pollInterval,
    Duration drainTimeout) {
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

  Duration margin() {
    return killGrace.plus(safety);
  }

  /**
   * How long after the deadline the watchdog ends the work, if the runner hasn't: only a runner
   * that is frozen is so late, and most of the safety is still left then.
   */
  Duration frozenAfter() {
    Duration quarter = safety.dividedBy(4);
    return quarter.compareTo(LONGEST_DELAY) < 0 ? quarter : LONGEST_DELAY;
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
