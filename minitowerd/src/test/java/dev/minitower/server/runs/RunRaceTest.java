package dev.minitower.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestArtifact;
import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture.Lease;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two or more who want something at the same moment: real threads, real HTTP, one winner. */
class RunRaceTest {
  @TempDir static Path dir;
  private static TestServer server;
  private static RunFixture fixture;
  private static final ExecutorService threads = Executors.newFixedThreadPool(16);

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
    threads.shutdownNow();
    server.close();
  }

  private <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(calls.size());
    List<Future<T>> futures = new ArrayList<>();
    for (Callable<T> call : calls) {
      futures.add(
          threads.submit(
              () -> {
                barrier.await();
                return call.call();
              }));
    }
    List<T> answers = new ArrayList<>();
    for (Future<T> future : futures) {
      answers.add(future.get());
    }
    return answers;
  }

  @Test
  void of_many_runners_one_gets_the_run() throws Exception {
    List<String> runners =
        IntStream.range(0, 12).mapToObj(i -> server.runner("racer-" + i, 1)).toList();
    for (int round = 0; round < 10; round++) {
      fixture.queue("");

      List<Integer> statuses =
          atOnce(
              runners.stream()
                  .<Callable<Integer>>map(
                      runner ->
                          () -> server.post("/api/v1/runs/lease").token(runner).send().status())
                  .toList());

      assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
      assertThat(statuses).allMatch(status -> status == 200 || status == 204 || status == 409);
      fixture.leaseGoesOver();
      fixture.reap();
    }
  }

  @RepeatedTest(10)
  void of_cancel_and_result_the_first_wins_and_never_both() throws Exception {
    Lease lease = fixture.leased();
    lease.start();

    List<TestAnswer> answers =
        atOnce(List.of(() -> lease.result("completed"), () -> fixture.cancel(lease.runId())));

    String status = fixture.status(lease.runId());
    if (answers.get(0).status() == 200) {
      assertThat(status).isEqualTo("completed");
      assertThat(answers.get(1).text("status")).isEqualTo("completed");
    } else {
      assertThat(answers.get(0).status()).isEqualTo(409);
      assertThat(status).isEqualTo("cancelling");
    }
  }

  @RepeatedTest(10)
  void a_lease_that_is_over_is_ended_once_by_whoever_comes_first() throws Exception {
    Lease lease = fixture.leased("\"max_retries\":1");
    lease.start();
    fixture.leaseGoesOver();

    List<Integer> answers =
        atOnce(
            List.of(
                () -> lease.heartbeat().status(),
                () -> lease.result("completed").status(),
                () -> fixture.reap() >= 0 ? 410 : 0));

    assertThat(answers).containsOnly(410);
    assertThat(fixture.run(lease.runId()).number("retry_count")).isEqualTo(1);
    assertThat(fixture.status(lease.runId())).isEqualTo("queued");
    fixture.cancel(lease.runId());
  }

  @Test
  void a_heartbeat_just_before_the_end_keeps_the_lease_from_the_reaper() throws Exception {
    Lease lease = fixture.leased();
    server.clock().advance(RunFixture.TTL.minusMillis(1));

    List<Integer> answers =
        atOnce(List.of(() -> lease.heartbeat().status(), () -> 200 + fixture.reap()));

    assertThat(answers).containsOnly(200);
    assertThat(fixture.lastAttemptStatus(lease.runId())).isEqualTo("leased");
  }

  @Test
  void parallel_creates_number_the_runs_without_gap_or_repeat() throws Exception {
    List<Callable<Long>> creates = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      creates.add(() -> fixture.run(fixture.queue("")).number("run_no"));
    }

    List<Long> numbers = atOnce(creates);

    assertWithoutGapOrRepeat(numbers);
  }

  private static void assertWithoutGapOrRepeat(List<Long> numbers) {
    List<Long> sorted = numbers.stream().sorted().toList();
    long first = sorted.get(0);
    assertThat(sorted).isEqualTo(LongStream.range(first, first + numbers.size()).boxed().toList());
  }

  @Test
  void parallel_uploads_number_the_versions_without_gap_or_repeat() throws Exception {
    List<Callable<Long>> uploads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] artifact = TestArtifact.ofApp("jobs", "version " + i);
      uploads.add(
          () ->
              fixture
                  .asTeam("POST", "/apps/jobs/versions")
                  .file("artifact", artifact)
                  .send()
                  .number("version_no"));
    }

    List<Long> numbers = atOnce(uploads);

    assertWithoutGapOrRepeat(numbers);
  }

  @Test
  void parallel_creates_with_one_key_make_one_run() throws Exception {
    List<Callable<TestAnswer>> creates = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      creates.add(
          () ->
              fixture
                  .asTeam("POST", "/apps/jobs/runs")
                  .header("Idempotency-Key", "the same")
                  .json("{}")
                  .send());
    }

    List<TestAnswer> answers = atOnce(creates);

    assertThat(answers)
        .extracting(answer -> answer.number("run_id"))
        .containsOnly(answers.get(0).number("run_id"));
    assertThat(answers).extracting(TestAnswer::status).containsOnlyOnce(201);
  }
}
