package dev.minitower.server.runs;

import dev.minitower.model.api.LeaseResponse;
import dev.minitower.model.identity.TokenHash;
import dev.minitower.model.identity.TokenKind;
import dev.minitower.server.events.Change.RunCause;
import dev.minitower.server.platform.auth.RunnerPrincipal;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.runs.AttemptRepository.LeaseUntil;
import dev.minitower.server.runs.LeasedRunQueries.Lease;
import dev.minitower.server.runs.LeasedRunQueries.LeasedVersion;
import dev.minitower.server.runs.RunRepository.Claim;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Hands queued runs to runners. */
@Service
class LeaseService {
  private final Transactions transactions;
  private final RunRepository runs;
  private final AttemptRepository attempts;
  private final LeasedRunQueries leasedRuns;
  private final AttemptEnding ending;
  private final RunChanges changes;
  private final LeaseTimes times;
  private final InstantSource clock;

  LeaseService(
      Transactions transactions,
      RunRepository runs,
      AttemptRepository attempts,
      LeasedRunQueries leasedRuns,
      AttemptEnding ending,
      RunChanges changes,
      LeaseTimes times,
      InstantSource clock) {
    this.transactions = transactions;
    this.runs = runs;
    this.attempts = attempts;
    this.leasedRuns = leasedRuns;
    this.ending = ending;
    this.changes = changes;
    this.times = times;
    this.clock = clock;
  }

  /** A runner's wish for a run; {@code leaseToken} is its own, or null to have one made. */
  record Wish(RunnerPrincipal runner, @Nullable String leaseToken) {}

  /** What a unit of work found; a lease that is over must be committed as over and then refused. */
  private record Found(@Nullable LeaseResponse lease, boolean gone) {
    static final Found NOTHING = new Found(null, false);
    static final Found GONE = new Found(null, true);

    Optional<LeaseResponse> orGone() {
      if (gone) {
        throw ApiException.leaseGone();
      }
      return Optional.ofNullable(lease);
    }
  }

  /**
   * Leases the next queued run of the runner's environment, or answers again with the run that is
   * leased under the wish's own token.
   *
   * @param lookFirst whether to look before writing, so that an idle runner's poll costs no commit
   */
  Optional<LeaseResponse> lease(Wish wish, boolean lookFirst) {
    return lookFirst && nothingToDo(wish)
        ? Optional.empty()
        : transactions.write(() -> leaseOrFind(wish)).orGone();
  }

  /** The same without waiting for the commit. */
  CompletableFuture<Optional<LeaseResponse>> submit(Wish wish) {
    return transactions.submit(() -> leaseOrFind(wish)).thenApply(Found::orGone);
  }

  /** Looks at several moments: the unit of work that follows a false is what decides. */
  private boolean nothingToDo(Wish wish) {
    return !runs.hasQueued(wish.runner().environment())
        && attempts.countActive(wish.runner().runnerId()) < wish.runner().maxConcurrent()
        && (wish.leaseToken() == null
            || attempts.findByToken(TokenHash.of(wish.leaseToken())).isEmpty());
  }

  private Found leaseOrFind(Wish wish) {
    Instant now = clock.instant();
    if (wish.leaseToken() != null) {
      Optional<Attempt> known = attempts.findByToken(TokenHash.of(wish.leaseToken()));
      if (known.isPresent()) {
        return leaseAgain(known.get(), wish, now);
      }
    }
    RunnerPrincipal runner = wish.runner();
    if (attempts.countActive(runner.runnerId()) >= runner.maxConcurrent()) {
      throw ApiException.conflict(
          "the runner holds as many runs as it may (%d)".formatted(runner.maxConcurrent()));
    }
    return runs.claimNext(runner)
        .map(claim -> new Found(claimed(claim, wish, now), false))
        .orElse(Found.NOTHING);
  }

  /** The answer to an earlier poll was lost on its way: the same attempt, never a second one. */
  private Found leaseAgain(Attempt attempt, Wish wish, Instant now) {
    if (attempt.runnerId() != wish.runner().runnerId()) {
      return Found.GONE;
    }
    if (attempt.isOverAt(now)) {
      ending.over(attempt, now);
      return Found.GONE;
    }
    if (!attempt.isLiveAt(now)) {
      return Found.GONE;
    }
    var unused = attempts.extend(attempt.id(), times.leaseUntil(now), now);
    String token = Objects.requireNonNull(wish.leaseToken());
    return new Found(leasedRuns.response(attempt.id(), token, times.ttlSeconds()), false);
  }

  private LeaseResponse claimed(Claim claim, Wish wish, Instant now) {
    RunnerPrincipal runner = wish.runner();
    String token = wish.leaseToken() == null ? TokenKind.LEASE.generate() : wish.leaseToken();
    LeasedVersion version = leasedRuns.version(claim.versionId());
    LeaseUntil until =
        new LeaseUntil(times.leaseUntil(now), times.deadline(now, version.timeoutSeconds()));
    long attemptId =
        attempts.insert(claim, runner.runnerId(), runner.name(), TokenHash.of(token), until, now);
    changes.tell(claim.run(), RunCause.LEASED, claim.attemptNo(), runner.name());
    return leasedRuns.response(
        claim, version, new Lease(attemptId, token, until.expiresAt(), times.ttlSeconds()));
  }
}
