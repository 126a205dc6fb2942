package dev.minitower.server.identity;

import dev.minitower.server.platform.database.Transactions;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * When tokens were last used: in memory at once, in the database at most every half minute for all
 * of them together, and not at all while nobody asks anything.
 */
@Component
final class LastUses {
  private static final long WRITE_MILLIS = 30_000;

  private final Transactions transactions;
  private final TokenRepository tokens;
  private final Map<Long, Instant> unwritten = new ConcurrentHashMap<>();

  LastUses(Transactions transactions, TokenRepository tokens) {
    this.transactions = transactions;
    this.tokens = tokens;
  }

  void used(long tokenId, Instant now) {
    unwritten.put(tokenId, now);
  }

  /** The newer of what is stored and what is only in memory yet. */
  @Nullable Instant newest(long tokenId, @Nullable Instant stored) {
    Instant inMemory = unwritten.get(tokenId);
    return inMemory == null || (stored != null && stored.isAfter(inMemory)) ? stored : inMemory;
  }

  /** Returns how many tokens' last use was written. */
  @Scheduled(fixedDelay = WRITE_MILLIS)
  @PreDestroy
  int write() {
    Map<Long, Instant> uses = Map.copyOf(unwritten);
    if (uses.isEmpty()) {
      return 0;
    }
    int written = transactions.write(() -> tokens.saveLastUses(json(uses)));
    uses.forEach(unwritten::remove);
    return written;
  }

  private static String json(Map<Long, Instant> uses) {
    return uses.entrySet().stream()
        .map(use -> "\"%d\":%d".formatted(use.getKey(), use.getValue().toEpochMilli()))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
