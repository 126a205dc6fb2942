package dev.minitower.server.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.identity.TokenHash;
import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.runs.RunFixture.Lease;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heartbeats that wait together are one unit of work, and each has an answer of its own. */
class HeartbeatTest {
  @TempDir static Path dir;
  private static TestServer server;
  private static RunFixture fixture;

  @BeforeAll
  static void start() {
    server = TestServer.start(dir);
    fixture = new RunFixture(server);
  }

  @AfterEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static double units() {
    return server.bean(MeterRegistry.class).get("minitower_units").counter().count();
  }

  private static double commits() {
    return server.bean(MeterRegistry.class).get("minitower_commits").counter().count();
  }

  /** Keeps the writer busy until {@code holders} different ones wait for it. */
  private static <T> T whileWriterIsBusy(int holders, Supplier<T> calls) {
    CountDownLatch open = new CountDownLatch(1);
    CompletableFuture<Boolean> busy =
        server.bean(Transactions.class).submit(() -> awaitQuietly(open));
    T result = calls.get();
    await().until(() -> server.bean(Heartbeats.class).waiting() == holders);
    open.countDown();
    assertThat(busy.join()).isTrue();
    return result;
  }

  private static boolean awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompletableFuture<TestAnswer> beat(Lease lease) {
    return lease.call("POST", "heartbeat").sendLater();
  }

  @Test
  void those_that_wait_together_are_one_unit_and_each_gets_its_own_answer() {
    Lease over = fixture.leased();
    server.clock().advance(RunFixture.TTL.minusSeconds(1));
    Lease leased = fixture.leased();
    Lease running = fixture.leased();
    assertThat(running.start().status()).isEqualTo(200);
    Lease cancelling = fixture.leased();
    fixture.cancel(cancelling.runId());
    Lease completed = fixture.leased();
    completed.result("completed");
    server.clock().advance(Duration.ofSeconds(1));
    double before = units();

    List<CompletableFuture<TestAnswer>> answers =
        whileWriterIsBusy(
            5,
            () ->
                Stream.of(leased, running, running, cancelling, completed, over)
                    .map(HeartbeatTest::beat)
                    .toList());

    List<TestAnswer> heard = answers.stream().map(CompletableFuture::join).toList();
    assertThat(heard).extracting(TestAnswer::status).containsExactly(200, 200, 200, 200, 410, 410);
    assertThat(heard.subList(0, 4))
        .allSatisfy(
            answer ->
                assertThat(Instant.parse(answer.text("lease_expires_at")))
                    .isEqualTo(server.clock().instant().plus(RunFixture.TTL)))
        .extracting(answer -> answer.text("status"))
        .containsExactly("leased", "running", "running", "cancelling");
    assertThat(heard.get(3).json().get("cancel_requested").asBoolean()).isTrue();
    assertThat(fixture.status(over.runId())).isEqualTo("dead");
    assertThat(units() - before)
        .as("what kept the writer busy, all of them, the one that is over")
        .isEqualTo(3);
  }

  @Test
  void a_wrong_holder_beside_the_right_one_gets_nothing_and_changes_nothing() {
    Lease lease = fixture.leased();
    Lease other = fixture.leased();
    Attempt attempt = attempt(lease);
    LeaseHolder right =
        new LeaseHolder(lease.runId(), attempt.runnerId(), TokenHash.of(lease.token()));
    List<LeaseHolder> all =
        List.of(
            new LeaseHolder(other.runId(), right.runnerId(), right.leaseToken()),
            new LeaseHolder(right.runId(), right.runnerId() + 1, right.leaseToken()),
            new LeaseHolder(right.runId(), right.runnerId(), TokenHash.of("another")),
            right);
    Instant before = attempt(other).leaseExpiresAt();
    server.clock().advance(Duration.ofSeconds(10));

    List<CompletableFuture<Boolean>> extended =
        whileWriterIsBusy(
            4,
            () ->
                all.stream()
                    .map(
                        holder ->
                            CompletableFuture.supplyAsync(
                                () -> server.bean(Heartbeats.class).beat(holder).isPresent(),
                                task -> new Thread(task).start()))
                    .toList());

    assertThat(extended.stream().map(CompletableFuture::join))
        .containsExactly(false, false, false, true);
    assertThat(attempt(lease).leaseExpiresAt()).isEqualTo(before.plusSeconds(10));
    assertThat(attempt(other).leaseExpiresAt()).isEqualTo(before);
  }

  private static Attempt attempt(Lease lease) {
    return server
        .bean(AttemptRepository.class)
        .findByToken(TokenHash.of(lease.token()))
        .orElseThrow();
  }

  @Test
  void heartbeats_alone_are_committed_no_more_often_than_their_spacing_allows() {
    List<Lease> leases = IntStream.range(0, 16).mapToObj(i -> fixture.leased()).toList();
    ExecutorService threads = Executors.newFixedThreadPool(leases.size());
    double before = commits();
    long start = System.nanoTime();

    List<CompletableFuture<Void>> beating =
        leases.stream()
            .map(
                lease ->
                    CompletableFuture.runAsync(
                        () ->
                            IntStream.range(0, 10)
                                .forEach(
                                    i -> assertThat(lease.heartbeat().status()).isEqualTo(200)),
                        threads))
            .toList();
    beating.forEach(CompletableFuture::join);

    long spacings = (System.nanoTime() - start) / Heartbeats.SPACING.toNanos();
    threads.shutdown();
    assertThat(commits() - before).isLessThanOrEqualTo(spacings + 2.0);
  }
}
