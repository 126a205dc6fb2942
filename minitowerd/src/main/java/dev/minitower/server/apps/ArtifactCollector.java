package dev.minitower.server.apps;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes artifacts that no version names: an upload was stored and the server ended before its row
 * was. Never one that was stored in the last day, whose row may still be on its way.
 */
@Component
final class ArtifactCollector {
  private static final Logger log = LoggerFactory.getLogger(ArtifactCollector.class);
  private static final Duration MIN_AGE = Duration.ofDays(1);
  private static final long INTERVAL_MILLIS = 3_600_000;
  private static final long FIRST_MILLIS = 600_000;
  private static final int BATCH = 500;

  private final ArtifactStore artifacts;
  private final VersionRepository versions;
  private final InstantSource clock;

  ArtifactCollector(ArtifactStore artifacts, VersionRepository versions, InstantSource clock) {
    this.artifacts = artifacts;
    this.versions = versions;
    this.clock = clock;
  }

  /** Returns how many files were removed. */
  @Scheduled(initialDelay = FIRST_MILLIS, fixedDelay = INTERVAL_MILLIS)
  int collect() {
    Instant cutoff = clock.instant().minus(MIN_AGE);
    int removed = artifacts.deleteLeftovers(cutoff);
    List<String> old = artifacts.storedBefore(cutoff);
    for (int from = 0; from < old.size(); from += BATCH) {
      removed += removeUnnamed(old.subList(from, Math.min(from + BATCH, old.size())), cutoff);
    }
    if (removed > 0) {
      log.info("Removed artifacts that no version names, files={}", removed);
    }
    return removed;
  }

  /** Stored again meanwhile, it is young and stays, whatever the query saw. */
  private int removeUnnamed(List<String> candidates, Instant cutoff) {
    Set<String> named = versions.named(candidates);
    int removed = 0;
    for (String artifact : candidates) {
      if (!named.contains(artifact) && artifacts.deleteIfStoredBefore(artifact, cutoff)) {
        removed++;
      }
    }
    return removed;
  }
}
