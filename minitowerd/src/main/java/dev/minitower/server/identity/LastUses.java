package dev.minitower.server.identity;

import dev.minitower.server.platform.database.Unwritten;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When tokens were last used: in memory at once, in the database with the other lazy writes. */
@Component
final class LastUses implements Unwritten {
  private final TokenRepository tokens;
  private final Map<Long, Instant> unwritten = new ConcurrentHashMap<>();

  LastUses(TokenRepository tokens) {
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

  @Override
  public Optional<Batch> unwritten() {
    Map<Long, Instant> uses = Map.copyOf(unwritten);
    return uses.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Batch(
                () -> tokens.saveLastUses(json(uses)), () -> uses.forEach(unwritten::remove)));
  }

  private static String json(Map<Long, Instant> uses) {
    return uses.entrySet().stream()
        .map(use -> "\"%d\":%d".formatted(use.getKey(), use.getValue().toEpochMilli()))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
