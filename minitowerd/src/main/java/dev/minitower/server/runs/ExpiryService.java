package dev.minitower.server.runs;

import dev.minitower.server.platform.database.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Service;

/** Ends leases whose time is up. */
@Service
class ExpiryService {
  private final Transactions transactions;
  private final AttemptRepository attempts;
  private final AttemptEnding ending;
  private final InstantSource clock;

  ExpiryService(
      Transactions transactions,
      AttemptRepository attempts,
      AttemptEnding ending,
      InstantSource clock) {
    this.transactions = transactions;
    this.attempts = attempts;
    this.ending = ending;
    this.clock = clock;
  }

  /**
   * Does not wait for the commit, so that many share one. False if a heartbeat or a result came
   * first: whoever commits first wins.
   */
  CompletableFuture<Boolean> expire(long attemptId) {
    return transactions.submit(
        () -> {
          Instant now = clock.instant();
          Optional<Attempt> over =
              attempts.findById(attemptId).filter(attempt -> attempt.isOverAt(now));
          over.ifPresent(attempt -> ending.over(attempt, now));
          return over.isPresent();
        });
  }
}
