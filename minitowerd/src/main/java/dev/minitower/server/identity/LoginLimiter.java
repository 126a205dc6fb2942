package dev.minitower.server.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.minitower.model.identity.Slugs;
import dev.minitower.server.platform.web.ApiException;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/**
 * Bounds how often a password may be guessed, per team and address. An attempt is counted before
 * the password is compared, and given back if it was right: a hundred guesses at the same moment
 * are not all let through.
 */
@Component
final class LoginLimiter {
  static final int MAX_FAILURES = 10;
  static final Duration REFILL = Duration.ofSeconds(30);

  private static final int MAX_KEYS = 10_000;

  private final InstantSource clock;
  private final Cache<Key, Bucket> buckets;

  LoginLimiter(InstantSource clock) {
    this.clock = clock;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MAX_KEYS)
            .expireAfterAccess(REFILL.multipliedBy(MAX_FAILURES))
            .ticker(this::nanos)
            .build();
  }

  private record Key(String slug, String address) {}

  /**
   * Counts an attempt; {@link #succeeded} takes it back.
   *
   * @throws ApiException 429 after too many failures, saying when to come back
   */
  void attempt(String slug, String address) {
    ConsumptionProbe probe = bucket(slug, address).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long seconds = Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(999).toSeconds();
      throw ApiException.rateLimited(Duration.ofSeconds(Math.max(1, seconds)));
    }
  }

  void succeeded(String slug, String address) {
    bucket(slug, address).addTokens(1);
  }

  private Bucket bucket(String slug, String address) {
    // What can't be a team's name shares one bucket: a client can't make up keys of any length.
    String team = Slugs.problem(slug).isEmpty() ? slug : "";
    return buckets.get(new Key(team, address), key -> newBucket());
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(MAX_FAILURES).refillIntervally(1, REFILL))
        .withCustomTimePrecision(new ServerTime())
        .build();
  }

  private long nanos() {
    return Duration.ofMillis(clock.millis()).toNanos();
  }

  private final class ServerTime implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanos();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
