package dev.minitower.server.platform.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.minitower.model.identity.TokenHash;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who stands behind a token, remembered for a few seconds so that a request costs no query. Unknown
 * tokens are not remembered: whoever makes them up fills nothing.
 */
public final class TokenCache<T> {
  private static final Duration MAX_AGE = Duration.ofSeconds(5);
  private static final int MAX_ENTRIES = 10_000;

  private final Function<TokenHash, Optional<T>> load;
  private final Cache<TokenHash, T> known;

  public TokenCache(InstantSource clock, Function<TokenHash, Optional<T>> load) {
    this.load = load;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MAX_ENTRIES)
            .expireAfterWrite(MAX_AGE)
            .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
            .build();
  }

  @SuppressWarnings("NullAway") // Caffeine takes null for "nothing to keep" but does not say so
  public Optional<T> find(TokenHash token) {
    return Optional.ofNullable(known.get(token, this::loaded));
  }

  private @Nullable T loaded(TokenHash token) {
    return load.apply(token).orElse(null);
  }

  /**
   * To be called after the commit that ended the token. Waits for a look-up that is under way and
   * may still have seen it alive, so that no later request is let through.
   */
  public void forget(TokenHash token) {
    var unused = known.asMap().compute(token, (key, value) -> null);
  }
}
