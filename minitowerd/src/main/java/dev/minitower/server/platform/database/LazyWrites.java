package dev.minitower.server.platform.database;

import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.Optional;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Writes what may wait, all of it in one commit a minute, and in none while there is nothing: a
 * system in which runners only wait for work costs its disk no more.
 */
@Component
public final class LazyWrites {
  private static final long INTERVAL_MILLIS = 60_000;

  private final Transactions transactions;
  private final List<Unwritten> sources;

  LazyWrites(Transactions transactions, List<Unwritten> sources) {
    this.transactions = transactions;
    this.sources = List.copyOf(sources);
  }

  /** Returns how many rows were written. What can't be written is tried again the next time. */
  @Scheduled(fixedDelay = INTERVAL_MILLIS)
  @PreDestroy
  public int write() {
    List<Unwritten.Batch> batches =
        sources.stream().map(Unwritten::unwritten).flatMap(Optional::stream).toList();
    if (batches.isEmpty()) {
      return 0;
    }
    int rows =
        transactions.write(
            () -> batches.stream().mapToInt(batch -> batch.write().getAsInt()).sum());
    batches.forEach(batch -> batch.written().run());
    return rows;
  }
}
