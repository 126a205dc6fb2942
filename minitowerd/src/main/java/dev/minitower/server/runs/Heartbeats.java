package dev.minitower.server.runs;

import dev.minitower.model.api.LeaseStateResponse;
import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.runs.AttemptRepository.Extended;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Extends leases, all that ask at one moment in one statement. Heartbeats ride along with whatever
 * is committed next; while nothing else is written they have a commit to themselves at most every
 * {@link #SPACING}, so that thousands of runs that only go on cost twenty commits a second.
 */
@Component
final class Heartbeats {
  static final Duration SPACING = Duration.ofMillis(50);
  private static final int MAX_BATCH = 1_000;

  private final Transactions transactions;
  private final AttemptRepository attempts;
  private final LeaseTimes times;
  private final InstantSource clock;
  private @Nullable Batch filling;
  private long newestNanos = System.nanoTime() - SPACING.toNanos();

  Heartbeats(
      Transactions transactions,
      AttemptRepository attempts,
      LeaseTimes times,
      InstantSource clock) {
    this.transactions = transactions;
    this.attempts = attempts;
    this.times = times;
    this.clock = clock;
  }

  /** Who waits for one unit of work; a holder that asks twice is in it once. */
  private final class Batch {
    private final Set<LeaseHolder> holders = new HashSet<>();
    private final CompletableFuture<Map<LeaseHolder, Extended>> answer =
        transactions.submitPatiently(patience(), () -> extend(this));

    /** One that was refused before its turn takes nobody in either. */
    private boolean isOpen() {
      return holders.size() < MAX_BATCH && !answer.isDone();
    }
  }

  /** The lease as it is after the heartbeat; empty if the holder has none that is valid. */
  Optional<LeaseStateResponse> beat(LeaseHolder holder) {
    Map<LeaseHolder, Extended> extended = transactions.await(join(holder));
    return Optional.ofNullable(extended.get(holder)).map(this::response);
  }

  private synchronized CompletableFuture<Map<LeaseHolder, Extended>> join(LeaseHolder holder) {
    Batch batch = filling;
    if (batch == null || !batch.isOpen()) {
      batch = new Batch();
      filling = batch;
    }
    var unused = batch.holders.add(holder);
    return batch.answer;
  }

  /** How many holders wait for the next unit. */
  synchronized int waiting() {
    return filling == null ? 0 : filling.holders.size();
  }

  private Duration patience() {
    long sinceNewest = System.nanoTime() - newestNanos;
    return SPACING.minusNanos(Math.min(sinceNewest, SPACING.toNanos()));
  }

  private Map<LeaseHolder, Extended> extend(Batch batch) {
    Set<LeaseHolder> holders = close(batch);
    Instant now = clock.instant();
    return attempts.extendAll(holders, times.leaseUntil(now), now).stream()
        .collect(Collectors.toMap(Extended::holder, Function.identity()));
  }

  private synchronized Set<LeaseHolder> close(Batch batch) {
    if (filling == batch) {
      filling = null;
    }
    newestNanos = System.nanoTime();
    return batch.holders;
  }

  private LeaseStateResponse response(Extended lease) {
    return new LeaseStateResponse(
        lease.attemptId(),
        lease.attemptNo(),
        lease.status(),
        lease.leaseExpiresAt(),
        times.ttlSeconds(),
        lease.status() == AttemptStatus.CANCELLING,
        lease.status().runStatus());
  }
}
