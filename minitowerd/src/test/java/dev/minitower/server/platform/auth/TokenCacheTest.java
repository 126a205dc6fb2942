package dev.minitower.server.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.identity.TokenHash;
import dev.minitower.server.TestClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
  private static final TokenHash TOKEN = TokenHash.of("mtk_token");

  private final TestClock clock = new TestClock();
  private final AtomicInteger queries = new AtomicInteger();
  private final AtomicReference<Optional<String>> stored =
      new AtomicReference<>(Optional.of("team"));
  private final TokenCache<String> cache = new TokenCache<>(clock, token -> query());

  private Optional<String> query() {
    queries.incrementAndGet();
    return stored.get();
  }

  @Test
  void a_known_token_costs_one_query_in_five_seconds() {
    for (int i = 0; i < 10; i++) {
      assertThat(cache.find(TOKEN)).hasValue("team");
    }
    assertThat(queries).hasValue(1);

    clock.advance(Duration.ofSeconds(5));
    assertThat(cache.find(TOKEN)).hasValue("team");
    assertThat(queries).hasValue(2);
  }

  @Test
  void an_unknown_token_is_asked_for_each_time() {
    stored.set(Optional.empty());

    assertThat(cache.find(TOKEN)).isEmpty();
    assertThat(cache.find(TOKEN)).isEmpty();
    assertThat(queries).hasValue(2);
  }

  @Test
  void a_forgotten_token_is_asked_for_again() {
    assertThat(cache.find(TOKEN)).hasValue("team");

    stored.set(Optional.empty());
    cache.forget(TOKEN);

    assertThat(cache.find(TOKEN)).isEmpty();
  }

  @Test
  void a_look_up_that_saw_the_token_alive_does_not_outlive_its_end() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    TokenCache<String> slow =
        new TokenCache<>(
            clock,
            token -> {
              Optional<String> seen = query();
              loading.countDown();
              await(proceed);
              return seen;
            });
    CompletableFuture<Optional<String>> lookUp =
        CompletableFuture.supplyAsync(() -> slow.find(TOKEN));
    loading.await();

    stored.set(Optional.empty());
    CompletableFuture<Void> forgetting = CompletableFuture.runAsync(() -> slow.forget(TOKEN));
    proceed.countDown();
    forgetting.join();

    assertThat(lookUp.join()).hasValue("team");
    assertThat(slow.find(TOKEN)).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
