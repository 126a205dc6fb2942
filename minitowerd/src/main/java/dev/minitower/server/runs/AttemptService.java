package dev.minitower.server.runs;

import dev.minitower.model.api.LeaseStateResponse;
import dev.minitower.model.api.Outcome;
import dev.minitower.model.api.ReleaseRequest;
import dev.minitower.model.api.ResultRequest;
import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.server.events.Change.RunCause;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.runs.AttemptRepository.LeaseUntil;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.stereotype.Service;

/**
 * What the holder of a lease may say about its attempt. Every call that meets a lease whose time is
 * up ends it exactly as the reaper would and is refused: what a runner gets never depends on when
 * the reaper last ran.
 */
@Service
class AttemptService {
  private final Transactions transactions;
  private final RunRepository runs;
  private final AttemptRepository attempts;
  private final LeasedRunQueries leasedRuns;
  private final Heartbeats heartbeats;
  private final AttemptEnding ending;
  private final RunChanges changes;
  private final LeaseTimes times;
  private final InstantSource clock;

  AttemptService(
      Transactions transactions,
      RunRepository runs,
      AttemptRepository attempts,
      LeasedRunQueries leasedRuns,
      Heartbeats heartbeats,
      AttemptEnding ending,
      RunChanges changes,
      LeaseTimes times,
      InstantSource clock) {
    this.transactions = transactions;
    this.runs = runs;
    this.attempts = attempts;
    this.leasedRuns = leasedRuns;
    this.heartbeats = heartbeats;
    this.ending = ending;
    this.changes = changes;
    this.times = times;
    this.clock = clock;
  }

  /** Acknowledges a lease. Repeating it is harmless; a cancel that came first wins. */
  LeaseStateResponse start(LeaseHolder holder) {
    return urgentlyWhileLive(
        holder,
        (attempt, now) ->
            attempt.status() == AttemptStatus.LEASED
                ? started(attempt, now)
                : extended(attempt, now));
  }

  private LeaseStateResponse started(Attempt attempt, Instant now) {
    Instant deadline = times.deadline(now, leasedRuns.timeoutSeconds(attempt.runId()));
    Optional<Instant> until =
        attempts.start(attempt.id(), new LeaseUntil(times.leaseUntil(now), deadline), now);
    Optional<MovedRun> run = runs.markRunning(attempt.runId(), now);
    if (until.isEmpty() || run.isEmpty()) {
      throw new IllegalStateException("start did not move run=" + attempt.runId());
    }
    changes.tell(run.get(), RunCause.STARTED, attempt);
    return state(attempt, AttemptStatus.RUNNING, until.get());
  }

  /** Extends the lease to now + TTL, and tells whether somebody wants the run cancelled. */
  LeaseStateResponse heartbeat(LeaseHolder holder) {
    return heartbeats.beat(holder).orElseGet(() -> withoutValidLease(holder));
  }

  /** What is over is ended; what has ended, or never was, stays so and costs no commit. */
  private LeaseStateResponse withoutValidLease(LeaseHolder holder) {
    if (attempts.find(holder).filter(attempt -> attempt.status().isActive()).isEmpty()) {
      throw ApiException.leaseGone();
    }
    return urgentlyWhileLive(holder, this::extended);
  }

  private LeaseStateResponse extended(Attempt attempt, Instant now) {
    Instant until =
        attempts
            .extend(attempt.id(), times.leaseUntil(now), now)
            .orElseThrow(
                () -> new IllegalStateException("lease was not extended, attempt=" + attempt.id()));
    return state(attempt, attempt.status(), until);
  }

  private LeaseStateResponse state(Attempt attempt, AttemptStatus status, Instant until) {
    return new LeaseStateResponse(
        attempt.id(),
        attempt.attemptNo(),
        status,
        until,
        times.ttlSeconds(),
        status == AttemptStatus.CANCELLING,
        status.runStatus());
  }

  /** Records an outcome. The same outcome again is acknowledged; another one is a conflict. */
  void result(LeaseHolder holder, ResultRequest request) {
    boolean accepted =
        transactions.writeUrgently(
            () -> {
              Instant now = clock.instant();
              Optional<Attempt> attempt = attempts.find(holder);
              if (attempt.isPresent() && attempt.get().status().isEnded()) {
                return isRepeat(attempt.get(), request);
              }
              return attempt.isPresent() && recorded(attempt.get(), request, now);
            });
    if (!accepted) {
      throw ApiException.leaseGone();
    }
  }

  private static boolean isRepeat(Attempt attempt, ResultRequest request) {
    if (attempt.endedBy() != Attempt.EndedBy.RESULT) {
      return false;
    }
    if (!attempt.wasEndedBy(request.status(), request.exitCode())) {
      throw ApiException.conflict("another outcome is recorded: " + attempt.status().code());
    }
    return true;
  }

  private boolean recorded(Attempt attempt, ResultRequest request, Instant now) {
    if (attempt.isOverAt(now)) {
      ending.over(attempt, now);
      return false;
    }
    if (attempt.status() == AttemptStatus.CANCELLING && request.status() != Outcome.CANCELLED) {
      throw ApiException.conflict("the run is being cancelled; send the result cancelled");
    }
    ending.result(attempt, request, now);
    return true;
  }

  /** Hands the run back: queued again without spending a retry, or cancelled if that was wanted. */
  void release(LeaseHolder holder, ReleaseRequest request) {
    boolean unused =
        urgentlyWhileLive(
            holder,
            (attempt, now) -> {
              ending.released(attempt, request.reason(), now);
              return true;
            });
  }

  /**
   * The holder's attempt, if it is live now; for calls that change nothing but must be refused
   * alike.
   */
  Attempt requireLive(LeaseHolder holder) {
    Optional<Attempt> attempt = attempts.find(holder);
    if (attempt.isPresent() && attempt.get().isLiveAt(clock.instant())) {
      return attempt.get();
    }
    return whileLive(holder, (live, now) -> live);
  }

  /**
   * Runs {@code call} on the holder's attempt in one unit of work, if the attempt is live; else
   * ends what is over, commits that, and refuses.
   */
  <T> T whileLive(LeaseHolder holder, BiFunction<Attempt, Instant, T> call) {
    return transactions.write(() -> ifLive(holder, call)).orElseThrow(ApiException::leaseGone);
  }

  private <T> T urgentlyWhileLive(LeaseHolder holder, BiFunction<Attempt, Instant, T> call) {
    return transactions
        .writeUrgently(() -> ifLive(holder, call))
        .orElseThrow(ApiException::leaseGone);
  }

  private <T> Optional<T> ifLive(LeaseHolder holder, BiFunction<Attempt, Instant, T> call) {
    Instant now = clock.instant();
    Optional<Attempt> found = attempts.find(holder);
    found.filter(attempt -> attempt.isOverAt(now)).ifPresent(over -> ending.over(over, now));
    return found.filter(attempt -> attempt.isLiveAt(now)).map(attempt -> call.apply(attempt, now));
  }
}
