package dev.minitower.server.runners;

import dev.minitower.server.events.Change;
import dev.minitower.server.events.ChangeFeed;
import dev.minitower.server.platform.metrics.ScrapedGauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import org.springframework.stereotype.Component;

/** Counts registrations, and at each scrape the runners that are online. */
@Component
final class RunnerMetrics implements ScrapedGauge {
  private final RunnerService runners;
  private final MultiGauge online;

  RunnerMetrics(RunnerService runners, MeterRegistry registry, ChangeFeed feed) {
    this.runners = runners;
    this.online = MultiGauge.builder("minitower_runners_online").register(registry);
    feed.listen(change -> count(change, registry));
  }

  private static void count(Change change, MeterRegistry registry) {
    if (change instanceof Change.RunnerRegistered registered) {
      registry
          .counter("minitower_runners_registered", Tags.of("environment", registered.environment()))
          .increment();
    }
  }

  @Override
  public void refresh() {
    online.register(
        runners.onlineByEnvironment().entrySet().stream()
            .map(
                environment ->
                    MultiGauge.Row.of(
                        Tags.of("environment", environment.getKey()), environment.getValue()))
            .toList(),
        true);
  }
}
