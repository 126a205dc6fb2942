package dev.minitower.server.platform.database;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** How many units of work share a commit, how many wait for one, how many get none. */
final class WriterMetrics {
  private final Counter commits;
  private final Counter units;
  private final Counter failures;
  private final Counter refused;

  WriterMetrics(MeterRegistry registry, UnitQueue queue) {
    commits = registry.counter("minitower_commits");
    units = registry.counter("minitower_units");
    failures = registry.counter("minitower_commit_failures");
    refused = registry.counter("minitower_units_refused");
    var unused =
        Gauge.builder("minitower_units_waiting", queue, UnitQueue::size).register(registry);
  }

  void committed(int groupSize) {
    commits.increment();
    units.increment(groupSize);
  }

  void failed() {
    failures.increment();
  }

  void refused() {
    refused.increment();
  }
}
