package dev.minitower.runner;

import static dev.minitower.runner.ScriptedControlPlane.lostAnswer;
import static dev.minitower.runner.ScriptedControlPlane.malformed;
import static dev.minitower.runner.ScriptedControlPlane.reset;
import static dev.minitower.runner.ScriptedControlPlane.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.api.Outcome;
import dev.minitower.model.api.ResultRequest;
import dev.minitower.model.lifecycle.ErrorClass;
import dev.minitower.runner.execution.Witness;
import dev.minitower.runner.loop.RunnerStoppedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner against a control plane that is told what to do wrong. */
class RunnerProtocolTest {
  private static final int TTL_SECONDS = 2;
  private static final ResultRequest COMPLETED =
      new ResultRequest(Outcome.COMPLETED, 0, null, null);
  private static final String SLEEPER = "trap '' TERM; echo up; while :; do sleep 0.05; done";

  private final String mark = UUID.randomUUID().toString();

  @TempDir Path dataDir;
  private ScriptedControlPlane server;
  private TestRunner runner;

  @BeforeEach
  void startServer() throws IOException {
    server = new ScriptedControlPlane(TTL_SECONDS);
  }

  @AfterEach
  void nothingStays() throws Exception {
    runner.stop();
    Throwable unused = runner.awaitEnd();
    server.close();
    assertThat(Witness.countWith(mark)).isZero();
    assertThat(dataDir.resolve("runner/work")).isEmptyDirectory();
    assertThat(dataDir.resolve("runner/spool")).isEmptyDirectory();
  }

  @Test
  void run_is_executed_and_its_log_and_result_arrive() throws Exception {
    byte[] artifact =
        TestArtifact.of(
            Map.of(
                "main.py", "import os, words\nprint(words.HELLO, os.environ['name'])",
                "lib/words.py", "HELLO = 'Hello'"),
            "main.py");
    FakeRun run = server.queue("main.py", artifact, Map.of("name", "Ada"), null);

    startRunner();
    awaitResult(run, COMPLETED);

    assertThat(server.lines(run)).containsExactly("Hello Ada");
    assertThat(run.starts).isEqualTo(1);
    await().until(() -> dataDir.resolve("runner/leases").toFile().list().length == 1);
  }

  @Test
  void failure_is_told_with_code_and_words() throws Exception {
    FakeRun run = server.queue("main.sh", "echo oops >&2; exit 3");

    startRunner();
    awaitResult(
        run, new ResultRequest(Outcome.FAILED, 3, "exit: exited with code 3", ErrorClass.USER));
  }

  @Test
  void many_fast_lines_arrive_complete_once_and_in_order() throws Exception {
    int count = 50_000;
    FakeRun run = server.queue("main.py", "for i in range(%d): print(i)".formatted(count));
    server.fault("logs", status(500), reset(), lostAnswer(), malformed(), status(503));

    startRunner();
    awaitResult(run, COMPLETED);

    assertThat(server.lines(run))
        .isEqualTo(LongStream.range(0, count).mapToObj(Long::toString).toList());
    assertThat(server.sequence(run)).isEqualTo(LongStream.rangeClosed(1, count).boxed().toList());
  }

  @Test
  void run_that_came_after_a_wait_longer_than_a_lease_is_executed() throws Exception {
    startRunner();
    await().until(() -> !server.askedTokens().isEmpty());
    long asked = System.nanoTime();
    await().until(() -> System.nanoTime() - asked > Duration.ofSeconds(TTL_SECONDS).toNanos());

    FakeRun run = server.queue("main.sh", "echo done");

    awaitResult(run, COMPLETED);
    assertThat(run.attempts).isEqualTo(1);
  }

  @Test
  void first_line_arrives_while_the_program_is_still_running() throws Exception {
    FakeRun run = server.queue("main.py", "import time\nprint('early')\ntime.sleep(60)");

    startRunner();
    await().until(() -> server.lines(run).equals(List.of("early")));
    assertThat(run.results).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lease", "start", "artifact", "logs", "result", "heartbeat"})
  void one_call_that_fails_in_every_way_costs_nothing(String call) throws Exception {
    server.fault(call, status(500), reset(), status(429));
    if (!call.equals("artifact")) {
      server.fault(call, lostAnswer());
    }
    FakeRun run = server.queue("main.sh", "echo out; sleep 0.6");

    startRunner();
    awaitResult(run, COMPLETED);

    assertThat(run.attempts).isEqualTo(1);
    assertThat(run.results).hasSize(1);
    assertThat(server.lines(run)).containsExactly("out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"register", "lease", "start", "heartbeat"})
  void answer_that_is_no_json_is_no_answer(String call) throws Exception {
    server.fault(call, malformed());
    FakeRun run = server.queue("main.sh", "sleep 0.6");

    startRunner();
    awaitResult(run, COMPLETED);
  }

  @Test
  void cancel_ends_the_program_within_heartbeat_and_grace() throws Exception {
    FakeRun run = sleeper();

    startRunner();
    awaitUp(run);
    long cancelled = System.nanoTime();
    server.cancel(run);

    awaitResult(
        run, new ResultRequest(Outcome.CANCELLED, 137, "cancelled: stopped on request", null));
    assertThat(Duration.ofNanos(System.nanoTime() - cancelled)).isLessThan(Duration.ofSeconds(6));
    assertThat(Witness.countWith(mark)).isZero();
  }

  @Test
  void run_that_was_cancelled_before_its_start_starts_no_process() throws Exception {
    FakeRun run = server.queue("main.sh", "echo not reached");
    server.fault(
        "start",
        (exchange, normal) -> {
          server.cancel(run);
          normal.handle(exchange);
        });

    startRunner();
    awaitResult(
        run, new ResultRequest(Outcome.CANCELLED, null, "cancelled: stopped on request", null));

    assertThat(server.lines(run)).isEmpty();
    assertThat(server.calls()).doesNotContain("artifact");
  }

  @Test
  void result_that_a_cancel_overtook_becomes_cancelled_with_its_exit_code() throws Exception {
    FakeRun run = server.queue("main.sh", "exit 0");
    server.fault(
        "result",
        (exchange, normal) -> {
          server.cancel(run);
          normal.handle(exchange);
        });

    startRunner();
    awaitResult(run, new ResultRequest(Outcome.CANCELLED, 0, null, null));
  }

  @Test
  void result_that_an_older_server_does_not_understand_is_told_without_words() throws Exception {
    FakeRun run = server.queue("main.sh", "exit 3");
    server.fault("result", status(400));

    startRunner();

    awaitResult(run, new ResultRequest(Outcome.FAILED, 3, null, null));
    assertThat(run.releases).isEmpty();
  }

  @Test
  void program_over_its_time_fails_and_says_so() throws Exception {
    FakeRun run =
        server.queue("main.sh", TestArtifact.of("main.sh", SLEEPER), Map.of("mark", mark), 1);

    startRunner();
    awaitResult(
        run,
        new ResultRequest(Outcome.FAILED, 137, "timeout: timed out after 1 s", ErrorClass.TIMEOUT));
  }

  @ParameterizedTest
  @ValueSource(ints = {410, 401})
  void lease_that_is_over_kills_the_tree_and_nothing_more_is_sent(int status) throws Exception {
    FakeRun run = sleeper();

    startRunner(1, Duration.ofMillis(700));
    awaitUp(run);
    server.fault("heartbeat", status(status));

    await().until(() -> Witness.countWith(mark) == 0);
    FakeRun next = server.queue("main.sh", "exit 0");
    awaitResult(next, COMPLETED);
    assertThat(run.results).isEmpty();
    assertThat(run.releases).isEmpty();
  }

  @Test
  void lease_that_is_over_for_the_log_is_over_for_the_program() throws Exception {
    FakeRun run =
        server.queue(
            "main.sh",
            TestArtifact.of("main.sh", "echo up; while :; do sleep 0.1; echo more; done"),
            Map.of("mark", mark),
            null);

    startRunner();
    awaitUp(run);
    server.fault("logs", status(410));

    await().until(() -> Witness.countWith(mark) == 0);
    assertThat(run.results).isEmpty();
  }

  @Test
  void tree_is_gone_before_a_server_that_can_not_be_reached_may_hand_the_run_on() throws Exception {
    server.close();
    server = new ScriptedControlPlane(6);
    FakeRun run = sleeper();

    runner = TestRunner.start(server, dataDir, 1, Duration.ofMillis(500), Duration.ofMillis(2_500));
    awaitUp(run);
    server.fault("heartbeat", 100, reset());

    await().until(() -> Witness.countWith(mark) == 0);
    long leftOfLease = server.see(() -> run.leasedUntilNanos) - System.nanoTime();
    assertThat(leftOfLease).isPositive();
    assertThat(run.results).isEmpty();
  }

  @Test
  void outcome_of_a_program_that_ended_in_time_outlives_an_outage_longer_than_the_lease()
      throws Exception {
    FakeRun run = server.queue("main.sh", "echo precious");
    for (String call : List.of("logs", "heartbeat", "result")) {
      server.fault(call, 1_000, reset());
    }

    startRunner();
    await().until(() -> run.starts > 0);
    await().until(() -> server.see(() -> run.leasedUntilNanos) < System.nanoTime() - 500_000_000);
    assertThat(run.results).isEmpty();
    List.of("logs", "heartbeat", "result").forEach(server::healed);

    awaitResult(run, COMPLETED);
    assertThat(server.lines(run)).containsExactly("precious");
  }

  @Test
  void result_waits_for_the_last_line() throws Exception {
    FakeRun run = server.queue("main.sh", "echo last");
    server.fault("logs", 5, status(503));

    startRunner();
    awaitResult(run, COMPLETED);

    List<String> calls = server.calls();
    assertThat(calls.lastIndexOf("logs")).isLessThan(calls.indexOf("result"));
    assertThat(Collections.frequency(calls, "logs")).isEqualTo(6);
  }

  @Test
  void artifact_that_is_not_the_leased_one_is_handed_back_and_not_the_users_failure()
      throws Exception {
    FakeRun run = server.queue("main.sh", "exit 0");
    server.fault(
        "artifact",
        (exchange, normal) -> ScriptedControlPlane.answer(exchange, 200, "something else"));

    startRunner();
    await().until(() -> !run.releases.isEmpty());

    assertThat(run.releases.get(0)).contains("arrived damaged");
    assertThat(run.results).isEmpty();
  }

  @Test
  void artifact_that_can_not_be_unpacked_is_the_users_failure() throws Exception {
    byte[] garbage = "not a gzip".getBytes(StandardCharsets.UTF_8);
    FakeRun run = server.queue("main.sh", garbage, Map.of(), null);

    startRunner();
    await().until(() -> !run.results.isEmpty());

    assertThat(run.results.get(0).status()).isEqualTo(Outcome.FAILED);
    assertThat(run.results.get(0).errorMessage())
        .startsWith("artifact_invalid: the artifact can't be unpacked: ");
  }

  @Test
  void slots_are_all_used_and_no_more() throws Exception {
    String waits =
        "echo up; while [ ! -e %s ]; do sleep 0.02; done".formatted(dataDir.resolve("go"));
    List<FakeRun> runs =
        List.of(
            server.queue("main.sh", waits),
            server.queue("main.sh", waits),
            server.queue("main.sh", waits));

    startRunner(2, Duration.ofMillis(300));
    awaitUp(runs.get(0));
    awaitUp(runs.get(1));
    assertThat(server.see(() -> runs.get(2).queued)).isTrue();
    Files.createFile(dataDir.resolve("go"));

    for (FakeRun run : runs) {
      awaitResult(run, COMPLETED);
    }
    assertThat(server.registrations().get(0).maxConcurrent()).isEqualTo(2);
  }

  @Test
  void old_server_is_served_too() throws Exception {
    server.beOld();
    FakeRun run = server.queue("main.py", "for i in range(2000): print('line', i)");

    startRunner();
    awaitResult(run, COMPLETED);
    assertThat(server.lines(run)).hasSize(2000);

    int before = Collections.frequency(server.calls(), "lease");
    FakeRun second = server.queue("main.sh", "sleep 0.5");
    awaitResult(second, COMPLETED);
    assertThat(Collections.frequency(server.calls(), "lease") - before).isLessThan(10);
    await().until(() -> dataDir.resolve("runner/leases").toFile().list().length == 1);
  }

  @Test
  void same_token_is_asked_with_until_a_lease_comes_back_under_it() throws Exception {
    server.fault(
        "lease",
        server.refusedQuestion(500),
        server.refusedQuestion(409),
        server.refusedQuestion(429));
    FakeRun run = server.queue("main.sh", "exit 0");

    startRunner();

    awaitResult(run, COMPLETED);
    assertThat(server.askedTokens().subList(0, 4)).containsOnly(server.askedTokens().get(0));
    await().until(() -> server.askedTokens().size() > 4);
    assertThat(server.askedTokens().get(4)).isNotEqualTo(server.askedTokens().get(0));
  }

  @Test
  void token_that_is_over_is_replaced() throws Exception {
    server.fault("lease", server.refusedQuestion(410));
    FakeRun run = server.queue("main.sh", "exit 0");

    startRunner();

    awaitResult(run, COMPLETED);
    assertThat(server.askedTokens().get(1)).isNotEqualTo(server.askedTokens().get(0));
  }

  @Test
  void refusal_that_no_repetition_will_change_hands_the_run_back_unstarted() throws Exception {
    server.fault("start", status(400));
    FakeRun run = server.queue("main.sh", "echo not reached");

    startRunner();

    await().until(() -> !run.releases.isEmpty());
    assertThat(run.releases.get(0)).contains("start answered 400: scripted");
    assertThat(server.calls()).doesNotContain("artifact");
  }

  @Test
  void runner_that_waits_for_its_server_can_be_stopped() throws Exception {
    server.fault("register", 1_000, reset());
    startRunner();
    await().until(() -> Collections.frequency(server.calls(), "register") > 1);

    runner.stop();

    assertThat(runner.awaitEnd()).isNull();
  }

  @Test
  void runner_whose_token_died_registers_again_as_the_same_instance() throws Exception {
    startRunner();
    await().until(() -> server.calls().contains("lease"));
    server.forgetRunner();
    FakeRun run = server.queue("main.sh", "exit 0");
    server.fault("lease", status(401));

    await().until(() -> !server.registrations().isEmpty());
    await().until(() -> run.starts > 0 || server.registrations().size() > 1);
    FakeRun next = server.queue("main.sh", "exit 0");
    awaitResult(next, COMPLETED);

    assertThat(server.registrations()).hasSizeGreaterThan(1);
    assertThat(server.registrations().stream().map(r -> r.instanceId()).distinct()).hasSize(1);
  }

  @Test
  void name_of_another_live_runner_stops_the_start_with_one_clear_sentence() throws Exception {
    server.fault("register", status(500), status(409));

    startRunner();

    assertThat(runner.awaitEnd())
        .isInstanceOf(RunnerStoppedException.class)
        .hasMessageContaining("MINITOWER_RUNNER_NAME=test-runner is in use");
  }

  @Test
  void grace_that_does_not_fit_the_lease_stops_the_runner_and_hands_the_run_back()
      throws Exception {
    FakeRun run = server.queue("main.sh", "exit 0");

    startRunner(1, Duration.ofSeconds(1));

    assertThat(runner.awaitEnd())
        .isInstanceOf(RunnerStoppedException.class)
        .hasMessageContaining("MINITOWER_KILL_GRACE_PERIOD=1000ms is too long");
    assertThat(run.releases).hasSize(1);
    assertThat(run.starts).isZero();
  }

  @Test
  void runner_that_is_stopped_hands_its_run_back_with_the_log_so_far() throws Exception {
    FakeRun run = sleeper();

    startRunner();
    awaitUp(run);
    runner.stop();

    assertThat(runner.awaitEnd()).isNull();
    assertThat(run.releases).containsExactly("runner_shutdown: the runner is shutting down");
    assertThat(run.results).isEmpty();
    assertThat(dataDir.resolve("runner/leases")).isEmptyDirectory();
  }

  private void startRunner() {
    startRunner(1, Duration.ofMillis(300));
  }

  private void startRunner(int concurrency, Duration grace) {
    runner = TestRunner.start(server, dataDir, concurrency, grace, Duration.ofMillis(200));
  }

  private FakeRun sleeper() {
    return server.queue("main.sh", TestArtifact.of("main.sh", SLEEPER), Map.of("mark", mark), null);
  }

  private void awaitUp(FakeRun run) {
    await().until(() -> server.lines(run).contains("up"));
  }

  private void awaitResult(FakeRun run, ResultRequest expected) {
    await().atMost(Duration.ofSeconds(20)).until(() -> !run.results.isEmpty());
    assertThat(run.results).containsExactly(expected);
  }
}
