package dev.minitower.server.runs;

import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.settings.Settings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Finds leases that are over and has them ended, each in a unit of its own. */
@Component
class Reaper implements SchedulingConfigurer, SmartInitializingSingleton {
  private static final Logger log = LoggerFactory.getLogger(Reaper.class);
  private static final int BATCH = 500;

  private final Settings settings;
  private final Transactions transactions;
  private final AttemptRepository attempts;
  private final ExpiryService expiry;
  private final LeaseTimes times;
  private final InstantSource clock;
  private final Counter failures;

  Reaper(
      Settings settings,
      Transactions transactions,
      AttemptRepository attempts,
      ExpiryService expiry,
      LeaseTimes times,
      InstantSource clock,
      MeterRegistry registry) {
    this.settings = settings;
    this.transactions = transactions;
    this.attempts = attempts;
    this.expiry = expiry;
    this.times = times;
    this.clock = clock;
    this.failures = registry.counter("minitower_reaper_failures");
  }

  /**
   * Before the first request is served: time that the server was away is not held against runners.
   */
  @Override
  public void afterSingletonsInstantiated() {
    int granted = transactions.write(() -> attempts.grantGrace(times.leaseUntil(clock.instant())));
    if (granted > 0) {
      log.info("Gave leases a fresh start after the server was away leases={}", granted);
    }
  }

  @Override
  public void configureTasks(ScheduledTaskRegistrar timers) {
    timers.addFixedDelayTask(this::sweep, settings.expiryCheckInterval());
  }

  private void sweep() {
    int ended = reap();
    if (ended > 0) {
      log.info("Ended leases that were over leases={}", ended);
    }
  }

  /** One sweep; returns how many leases it ended. */
  int reap() {
    int ended = 0;
    int endedNow;
    do {
      endedNow = reapBatch();
      ended += endedNow;
      // A batch in which some could not be ended waits for the next sweep, or it would never end.
    } while (endedNow == BATCH);
    return ended;
  }

  private int reapBatch() {
    Map<Long, CompletableFuture<Boolean>> asked = new LinkedHashMap<>();
    attempts
        .findOver(clock.instant(), BATCH)
        .forEach(attemptId -> asked.put(attemptId, expiry.expire(attemptId)));
    int ended = 0;
    for (var one : asked.entrySet()) {
      ended += isExpired(one.getKey(), one.getValue()) ? 1 : 0;
    }
    return ended;
  }

  private boolean isExpired(long attemptId, CompletableFuture<Boolean> asked) {
    try {
      return transactions.await(asked);
    } catch (RuntimeException e) {
      // One bad row must not keep the others from expiring.
      failures.increment();
      log.error("Could not expire attempt={}", attemptId, e);
      return false;
    }
  }
}
