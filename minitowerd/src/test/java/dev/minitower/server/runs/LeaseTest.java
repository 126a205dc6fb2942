package dev.minitower.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.identity.TokenKind;
import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {
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

  private CompletableFuture<TestAnswer> waitingLease(String runner) {
    int before = server.bean(LeaseWaiters.class).waiting();
    CompletableFuture<TestAnswer> answer =
        server.post("/api/v1/runs/lease?wait=30").token(runner).sendLater();
    Awaitility.await().until(() -> server.bean(LeaseWaiters.class).waiting() > before);
    return answer;
  }

  @Test
  void a_lease_holds_all_that_a_runner_needs() {
    long runId = fixture.queue("\"input\":{\"who\":\"world\",\"n\":1.50},\"max_retries\":2");

    TestAnswer lease = server.post("/api/v1/runs/lease").token(fixture.runner).send();

    assertThat(lease.number("run_id")).isEqualTo(runId);
    assertThat(lease.text("app_slug")).isEqualTo("jobs");
    assertThat(lease.text("entrypoint")).isEqualTo("main.py");
    assertThat(lease.number("attempt_no")).isEqualTo(1);
    assertThat(lease.number("lease_ttl_seconds")).isEqualTo(60);
    assertThat(lease.number("max_retries")).isEqualTo(2);
    assertThat(lease.text("environment")).isEqualTo("default");
    assertThat(lease.text("artifact_sha256")).hasSize(64);
    assertThat(lease.body()).contains("\"input\":{\"who\":\"world\",\"n\":1.50}");
    assertThat(Instant.parse(lease.text("lease_expires_at")))
        .isEqualTo(server.clock().instant().plus(RunFixture.TTL));
    assertThat(TokenKind.LEASE.matches(lease.text("lease_token"))).isTrue();
  }

  @Test
  void runs_are_leased_by_priority_then_in_the_order_in_which_they_came() {
    List<Long> expected = new ArrayList<>();
    long low = fixture.queue("\"priority\":-5");
    long first = fixture.queue("");
    server.clock().advance(Duration.ofSeconds(1));
    long second = fixture.queue("");
    long high = fixture.queue("\"priority\":10");
    expected.addAll(List.of(high, first, second, low));

    List<Long> order = expected.stream().map(any -> fixture.lease().runId()).toList();

    assertThat(order).isEqualTo(expected);
  }

  @Test
  void a_runner_that_holds_as_many_runs_as_it_may_gets_409() {
    fixture.queue("");
    fixture.queue("");
    String single = server.runner("single", 1);
    server.post("/api/v1/runs/lease").token(single).send();

    TestAnswer second = server.post("/api/v1/runs/lease").token(single).send();

    assertThat(second.errorCode()).isEqualTo("conflict");
  }

  @Test
  void a_runner_of_another_environment_gets_nothing() {
    fixture.queue("");
    TestAnswer registered =
        server
            .post("/api/v1/runners/register")
            .token(TestServer.REGISTRATION_TOKEN)
            .json("{\"name\":\"gpu\",\"environment\":\"gpu\"}")
            .send();

    TestAnswer lease = server.post("/api/v1/runs/lease").token(registered.text("token")).send();

    assertThat(lease.status()).isEqualTo(204);
  }

  @Test
  void asking_again_with_the_runners_own_token_gives_the_same_attempt() {
    Lease lease = fixture.leased();
    fixture.queue("");

    TestAnswer again =
        fixture.asRunner("/runs/lease").json("{\"lease_token\":\"" + lease.token() + "\"}").send();

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.number("run_id")).isEqualTo(lease.runId());
    assertThat(again.number("attempt_no")).isEqualTo(1);
  }

  @Test
  void asking_with_the_token_of_an_ended_attempt_is_gone() {
    Lease lease = fixture.leased();
    lease.result("completed");

    TestAnswer again =
        fixture.asRunner("/runs/lease").json("{\"lease_token\":\"" + lease.token() + "\"}").send();

    assertThat(again.errorCode()).isEqualTo("gone");
  }

  @Test
  void asking_with_the_token_of_a_lease_that_is_over_ends_it_at_once() {
    Lease lease = fixture.leased();
    fixture.leaseGoesOver();

    TestAnswer again =
        fixture.asRunner("/runs/lease").json("{\"lease_token\":\"" + lease.token() + "\"}").send();

    assertThat(again.errorCode()).isEqualTo("gone");
    assertThat(fixture.status(lease.runId())).isEqualTo("dead");
  }

  @Test
  void another_runners_token_is_gone_and_changes_nothing() {
    Lease lease = fixture.leased();
    String other = server.runner("other", 1);

    TestAnswer stolen =
        server
            .post("/api/v1/runs/lease")
            .token(other)
            .json("{\"lease_token\":\"" + lease.token() + "\"}")
            .send();

    assertThat(stolen.errorCode()).isEqualTo("gone");
    assertThat(lease.heartbeat().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"61", "-1", "soon", "1.5"})
  void a_wait_that_is_not_0_to_60_is_refused(String wait) {
    TestAnswer answer = server.post("/api/v1/runs/lease?wait=" + wait).token(fixture.runner).send();

    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void a_lease_token_of_another_form_is_refused() {
    TestAnswer answer = fixture.asRunner("/runs/lease").json("{\"lease_token\":\"mine\"}").send();

    assertThat(answer.fieldsAtFault()).containsExactly("lease_token");
  }

  @Test
  void a_waiting_runner_is_woken_by_a_new_run() throws Exception {
    CompletableFuture<TestAnswer> waiting = waitingLease(fixture.runner);

    long runId = fixture.queue("");

    assertThat(waiting.get(5, TimeUnit.SECONDS).number("run_id")).isEqualTo(runId);
  }

  @Test
  void runners_are_woken_in_the_order_in_which_they_came_one_for_each_run() throws Exception {
    CompletableFuture<TestAnswer> first = waitingLease(server.runner("first", 1));
    CompletableFuture<TestAnswer> second = waitingLease(server.runner("second", 1));
    CompletableFuture<TestAnswer> third = waitingLease(server.runner("third", 1));

    long one = fixture.queue("");
    long two = fixture.queue("");

    assertThat(first.get(5, TimeUnit.SECONDS).number("run_id")).isEqualTo(one);
    assertThat(second.get(5, TimeUnit.SECONDS).number("run_id")).isEqualTo(two);
    assertThat(third).isNotDone();
    fixture.queue("");
    assertThat(third.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
  }

  @Test
  void a_waiting_runner_is_woken_by_a_requeued_run() throws Exception {
    Lease lease = fixture.leased();
    CompletableFuture<TestAnswer> waiting = waitingLease(server.runner("second", 1));

    lease.release();

    assertThat(waiting.get(5, TimeUnit.SECONDS).number("attempt_no")).isEqualTo(2);
  }

  @Test
  void a_runner_that_waited_in_vain_gets_204() {
    TestAnswer answer = server.post("/api/v1/runs/lease?wait=1").token(fixture.runner).send();

    assertThat(answer.status()).isEqualTo(204);
    assertThat(server.bean(LeaseWaiters.class).waiting()).isZero();
  }

  @Test
  void a_client_that_hung_up_never_takes_a_run_with_it() throws Exception {
    waitingLease(server.runner("gone", 1)).cancel(true);
    CompletableFuture<TestAnswer> alive = waitingLease(server.runner("alive", 1));

    long runId = fixture.queue("");

    assertThat(alive.get(5, TimeUnit.SECONDS).number("run_id")).isEqualTo(runId);
  }

  @Test
  void a_poll_with_the_same_token_takes_the_place_of_the_one_before() throws Exception {
    String body = "{\"lease_token\":\"" + TokenKind.LEASE.generate() + "\"}";
    String runner = server.runner("restarted", 1);
    CompletableFuture<TestAnswer> before =
        server.post("/api/v1/runs/lease?wait=30").token(runner).json(body).sendLater();
    Awaitility.await().until(() -> server.bean(LeaseWaiters.class).waiting() == 1);

    CompletableFuture<TestAnswer> after =
        server.post("/api/v1/runs/lease?wait=30").token(runner).json(body).sendLater();

    assertThat(before.get(5, TimeUnit.SECONDS).status()).isEqualTo(204);
    Awaitility.await().until(() -> server.bean(LeaseWaiters.class).waiting() == 1);
    long runId = fixture.queue("");
    assertThat(after.get(5, TimeUnit.SECONDS).number("run_id")).isEqualTo(runId);
  }

  @Test
  void stopping_the_server_ends_the_waiting() throws Exception {
    CompletableFuture<TestAnswer> waiting = waitingLease(fixture.runner);

    server.bean(LeaseWaiters.class).stop();

    assertThat(waiting.get(5, TimeUnit.SECONDS).status()).isEqualTo(204);
    server.bean(LeaseWaiters.class).start();
  }

  @Test
  void heartbeats_extend_the_lease_but_never_beyond_the_deadline() {
    Lease lease = fixture.leased();
    lease.start();
    // Set-up allowance, the default timeout and the allowance for the result, from the start.
    Instant deadline = server.clock().instant().plus(Duration.ofMinutes(15 + 5 + 1));

    Instant expires = Instant.EPOCH;
    while (server.clock().instant().isBefore(deadline)) {
      TestAnswer answer = lease.heartbeat();
      assertThat(answer.status()).isEqualTo(200);
      expires = Instant.parse(answer.text("lease_expires_at"));
      server.clock().advance(Duration.ofSeconds(30));
    }

    assertThat(expires).isEqualTo(deadline);
    assertThat(lease.heartbeat().status()).isEqualTo(410);
    assertThat(fixture.status(lease.runId())).isEqualTo("dead");
  }

  @Test
  void a_cancelled_run_ends_ten_minutes_later_at_the_latest() {
    Lease lease = fixture.leased();
    lease.start();
    fixture.cancel(lease.runId());

    for (int i = 0; i < 20; i++) {
      assertThat(lease.heartbeat().json().get("cancel_requested").asBoolean()).isTrue();
      server.clock().advance(Duration.ofSeconds(30));
    }

    assertThat(lease.heartbeat().status()).isEqualTo(410);
    assertThat(fixture.status(lease.runId())).isEqualTo("cancelled");
  }

  @Test
  void a_lost_run_is_tried_again_as_often_as_its_budget_says_and_keeps_its_place() {
    long runId = fixture.queue("\"max_retries\":1");
    server.clock().advance(Duration.ofSeconds(1));
    long later = fixture.queue("");

    assertThat(fixture.lease().runId()).isEqualTo(runId);
    fixture.leaseGoesOver();
    assertThat(fixture.reap()).isEqualTo(1);
    assertThat(fixture.run(runId).text("status")).isEqualTo("queued");
    assertThat(fixture.lease().runId()).isEqualTo(runId);
    fixture.leaseGoesOver();
    assertThat(fixture.reap()).isEqualTo(1);

    TestAnswer dead = fixture.run(runId);
    assertThat(dead.text("status")).isEqualTo("dead");
    assertThat(dead.number("retry_count")).isEqualTo(1);
    assertThat(dead.text("error_message")).contains("runner-of-acme");
    assertThat(fixture.lease().runId()).isEqualTo(later);
  }

  @Test
  void a_run_that_was_handed_back_has_spent_no_retry() {
    Lease lease = fixture.leased();

    lease.release();

    TestAnswer run = fixture.run(lease.runId());
    assertThat(run.text("status")).isEqualTo("queued");
    assertThat(run.number("retry_count")).isZero();
    assertThat(run.json().at("/attempts/0/error_message").asString()).contains("no disk");
  }
}
