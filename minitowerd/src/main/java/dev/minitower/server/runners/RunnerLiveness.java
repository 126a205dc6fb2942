package dev.minitower.server.runners;

import dev.minitower.model.api.RunnerStatus;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.settings.Settings;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * When runners were last heard: in memory at once, in the database at most every half minute for
 * all of them together, and not at all while none calls. A runner is online for two lease times
 * after it was last heard.
 */
@Component
final class RunnerLiveness {
  private static final long WRITE_MILLIS = 30_000;

  private final Transactions transactions;
  private final RunnerRepository runners;
  private final Duration onlineFor;
  private final Map<Long, Instant> unwritten = new ConcurrentHashMap<>();

  RunnerLiveness(Transactions transactions, RunnerRepository runners, Settings settings) {
    this.transactions = transactions;
    this.runners = runners;
    this.onlineFor = settings.leaseTtl().multipliedBy(2);
  }

  void heard(long runnerId, Instant now) {
    unwritten.put(runnerId, now);
  }

  /**
   * What is not written yet. To be taken before the rows are read: what is written in between is
   * then in both, not in neither.
   */
  Sightings unwritten() {
    return new Sightings(Map.copyOf(unwritten), onlineFor);
  }

  /** What was known of all runners at one moment. */
  record Sightings(Map<Long, Instant> unwritten, Duration onlineFor) {
    /** The newer of what is stored and what is only in memory yet. */
    Instant lastSeen(long runnerId, Instant stored) {
      @Nullable Instant inMemory = unwritten.get(runnerId);
      return inMemory == null || inMemory.isBefore(stored) ? stored : inMemory;
    }

    RunnerStatus status(long runnerId, Instant stored, Instant now) {
      Instant until = lastSeen(runnerId, stored).plus(onlineFor);
      return now.isBefore(until) ? RunnerStatus.ONLINE : RunnerStatus.OFFLINE;
    }
  }

  /** Returns how many runners' last call was written. */
  @Scheduled(fixedDelay = WRITE_MILLIS)
  @PreDestroy
  int write() {
    Map<Long, Instant> heard = Map.copyOf(unwritten);
    if (heard.isEmpty()) {
      return 0;
    }
    int written = transactions.write(() -> runners.saveLastSeen(json(heard)));
    heard.forEach(unwritten::remove);
    return written;
  }

  private static String json(Map<Long, Instant> heard) {
    return heard.entrySet().stream()
        .map(one -> "\"%d\":%d".formatted(one.getKey(), one.getValue().toEpochMilli()))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
