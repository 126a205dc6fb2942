package dev.minitower.runner;

import static dev.minitower.runner.ScriptedControlPlane.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.api.Outcome;
import dev.minitower.model.api.ResultRequest;
import dev.minitower.model.lifecycle.ErrorClass;
import dev.minitower.runner.execution.Witness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What outlives the runner and what doesn't, and what a service manager sees of it. */
class RunnerProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String SLEEPER =
      "trap '' TERM; (setsid sh -c 'sleep 100' &) ; echo up; while :; do sleep 0.05; done";

  private final String mark = UUID.randomUUID().toString();

  @TempDir Path folder;
  private ScriptedControlPlane server;
  private RunnerProcess runner;

  @BeforeEach
  void startServer() throws IOException {
    server = new ScriptedControlPlane(6);
  }

  @AfterEach
  void stop() throws Exception {
    if (runner != null) {
      runner.killHard();
    }
    server.close();
    await().atMost(PATIENCE).until(() -> Witness.countWith(mark) == 0);
  }

  @Test
  void no_process_outlives_a_runner_that_was_killed() throws Exception {
    FakeRun run = sleeper();
    runner = start();
    awaitUp(run);
    assertThat(Witness.countWith(mark)).isPositive();

    runner.killHard();

    await().atMost(Duration.ofSeconds(10)).until(() -> Witness.countWith(mark) == 0);
  }

  @Test
  void run_of_a_runner_that_was_killed_is_handed_back_by_its_next_start() throws Exception {
    FakeRun run = sleeper();
    runner = start();
    awaitUp(run);

    runner.killHard();
    runner = start();

    await().atMost(PATIENCE).until(() -> !run.releases.isEmpty());
    assertThat(run.releases)
        .containsExactly("runner_restarted: the runner was restarted while the run was under way");
    assertThat(run.starts).isEqualTo(1);
    assertThat(run.results).isEmpty();
  }

  @Test
  void result_that_was_not_delivered_is_delivered_by_the_next_start() throws Exception {
    FakeRun run = server.queue("main.sh", "echo once; exit 4");
    server.fault("result", 1_000, reset());
    runner = start();
    await().atMost(PATIENCE).until(() -> server.calls().contains("result"));

    runner.killHard();
    server.healed("result");
    runner = start();

    await().atMost(PATIENCE).until(() -> !run.results.isEmpty());
    assertThat(run.results)
        .containsExactly(
            new ResultRequest(Outcome.FAILED, 4, "exit: exited with code 4", ErrorClass.USER));
    assertThat(run.starts).isEqualTo(1);
    assertThat(server.lines(run)).containsExactly("once");
  }

  @Test
  void lease_whose_answer_never_came_is_found_again_by_the_next_start() throws Exception {
    FakeRun run = server.queue("main.sh", "echo found");
    server.fault("lease", ScriptedControlPlane.lostAnswer());
    server.fault("lease", 1_000, reset());
    runner = start();
    await().atMost(PATIENCE).until(() -> server.see(() -> !run.queued));

    runner.killHard();
    server.healed("lease");
    runner = start();

    await().atMost(PATIENCE).until(() -> !run.results.isEmpty());
    assertThat(run.attempts).isEqualTo(1);
    assertThat(server.lines(run)).containsExactly("found");
  }

  @Test
  void terminated_runner_hands_its_runs_back_and_exits_with_0() throws Exception {
    FakeRun run = sleeper();
    runner = start();
    awaitUp(run);

    runner.terminate();

    assertThat(runner.awaitExit()).isZero();
    assertThat(run.releases).containsExactly("runner_shutdown: the runner is shutting down");
    assertThat(Witness.countWith(mark)).isZero();
    assertThat(runner.log()).contains("runner stopped");
  }

  @Test
  void idle_runner_ends_at_once() throws Exception {
    runner = start();
    await().atMost(PATIENCE).until(() -> server.calls().contains("lease"));
    long asked = System.nanoTime();

    runner.terminate();

    assertThat(runner.awaitExit()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void bad_setting_ends_the_start_with_one_line_and_exit_code_2() throws Exception {
    runner =
        RunnerProcess.start(
            folder,
            Map.of("MINITOWER_SERVER_URL", server.url(), "MINITOWER_POLL_INTERVAL", "often"));

    assertThat(runner.awaitExit()).isEqualTo(2);
    assertThat(runner.log())
        .isEqualTo(
            "minitower-runner: MINITOWER_POLL_INTERVAL=often is not allowed: give a time from"
                + " 100ms to 1h, such as 500ms, 3s, 1m30s\n");
  }

  @Test
  void wrong_registration_token_ends_the_start_with_exit_code_1() throws Exception {
    runner =
        RunnerProcess.start(
            folder,
            Map.of(
                "MINITOWER_SERVER_URL",
                server.url(),
                "MINITOWER_RUNNER_REGISTRATION_TOKEN",
                "wrong-token"));

    assertThat(runner.awaitExit()).isEqualTo(1);
    assertThat(runner.log())
        .contains("minitower-runner: MINITOWER_RUNNER_REGISTRATION_TOKEN is not the server's")
        .doesNotContain("wrong-token");
  }

  @Test
  void second_runner_in_one_data_folder_ends_at_once() throws Exception {
    runner = start();
    await().atMost(PATIENCE).until(() -> server.calls().contains("lease"));

    RunnerProcess second = start();

    assertThat(second.awaitExit()).isEqualTo(1);
    assertThat(second.log()).contains("another runner uses");
  }

  @Test
  void secrets_are_in_no_log_and_in_no_workload() throws Exception {
    FakeRun run = server.queue("main.sh", "env");
    runner = start();
    await().atMost(PATIENCE).until(() -> !run.results.isEmpty());

    assertThat(String.join("\n", server.lines(run)))
        .contains("MINITOWER_RUN_ID=1")
        .doesNotContain(ScriptedControlPlane.REGISTRATION_TOKEN, "mtl_", "mtr_");
    assertThat(runner.log())
        .contains("attempt started run=1 attempt=1")
        .doesNotContain(ScriptedControlPlane.REGISTRATION_TOKEN, "mtl_", "mtr_");
  }

  private RunnerProcess start() throws IOException {
    return RunnerProcess.start(folder, Map.of("MINITOWER_SERVER_URL", server.url()));
  }

  private FakeRun sleeper() {
    return server.queue("main.sh", TestArtifact.of("main.sh", SLEEPER), Map.of("mark", mark), null);
  }

  private void awaitUp(FakeRun run) {
    await().atMost(PATIENCE).until(() -> server.lines(run).contains("up"));
  }
}
