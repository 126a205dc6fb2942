package dev.minitower.server.runs;

import dev.minitower.server.events.Change;
import dev.minitower.server.events.Change.RunChanged;
import dev.minitower.server.events.ChangeFeed;
import dev.minitower.server.platform.metrics.Buckets;
import dev.minitower.server.platform.metrics.ScrapedGauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts what happens to runs, after it was committed, and at each scrape how many wait. */
@Component
class RunMetrics implements ScrapedGauge {
  private final MeterRegistry registry;
  private final RunQueries queries;
  private final InstantSource clock;
  private final MultiGauge pending;

  RunMetrics(MeterRegistry registry, RunQueries queries, ChangeFeed feed, InstantSource clock) {
    this.registry = registry;
    this.queries = queries;
    this.clock = clock;
    this.pending = MultiGauge.builder("minitower_runs_pending").register(registry);
    feed.listen(this::changed);
  }

  private void changed(Change change) {
    if (change instanceof RunChanged run) {
      count(run);
    }
  }

  private void count(RunChanged run) {
    Tags app = Tags.of("team", run.teamSlug(), "app", run.appSlug());
    switch (run.cause()) {
      case CREATED -> registry.counter("minitower_runs_created", app).increment();
      case RETRIED -> registry.counter("minitower_runs_retried", app).increment();
      case LEASED -> leased(run, app);
      case FINISHED -> finished(run, app.and("status", run.status().code()));
      case STARTED, CANCEL_REQUESTED, RELEASED -> {}
    }
  }

  private void leased(RunChanged run, Tags app) {
    registry
        .counter("minitower_runs_leased", Tags.of("environment", run.environment()))
        .increment();
    if (run.startedAt() == null) {
      record("minitower_run_queue_wait", app, run.queuedAt(), clock.instant());
    }
  }

  private void finished(RunChanged run, Tags tags) {
    registry.counter("minitower_runs_completed", tags).increment();
    record("minitower_run_execution", tags, run.startedAt(), run.finishedAt());
    record("minitower_run_total", tags, run.queuedAt(), run.finishedAt());
  }

  private void record(String name, Tags tags, @Nullable Instant from, @Nullable Instant to) {
    if (from != null && to != null) {
      Timer.builder(name)
          .tags(tags)
          .serviceLevelObjectives(Buckets.run())
          .register(registry)
          .record(Duration.between(from, to));
    }
  }

  @Override
  public void refresh() {
    pending.register(
        queries.pending().stream()
            .map(
                row ->
                    MultiGauge.Row.of(
                        Tags.of(
                            "team", row.team(), "app", row.app(), "environment", row.environment()),
                        row.runs()))
            .toList(),
        true);
  }
}
