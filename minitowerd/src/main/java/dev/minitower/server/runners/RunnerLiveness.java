package dev.minitower.server.runners;

import dev.minitower.model.api.RunnerStatus;
import dev.minitower.server.platform.database.Unwritten;
import dev.minitower.server.platform.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * When runners were last heard: in memory at once, in the database with the other lazy writes. A
 * runner is online for two lease times after it was last heard.
 */
@Component
final class RunnerLiveness implements Unwritten {
  private final RunnerRepository runners;
  private final Duration onlineFor;
  private final Map<Long, Instant> unwritten = new ConcurrentHashMap<>();

  RunnerLiveness(RunnerRepository runners, Settings settings) {
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
  Sightings sightings() {
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

  @Override
  public Optional<Batch> unwritten() {
    Map<Long, Instant> heard = Map.copyOf(unwritten);
    return heard.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Batch(
                () -> runners.saveLastSeen(json(heard)), () -> heard.forEach(unwritten::remove)));
  }

  private static String json(Map<Long, Instant> heard) {
    return heard.entrySet().stream()
        .map(one -> "\"%d\":%d".formatted(one.getKey(), one.getValue().toEpochMilli()))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
