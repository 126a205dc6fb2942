package dev.minitower.runner;

import static dev.minitower.runner.ScriptedControlPlane.lostAnswer;
import static dev.minitower.runner.ScriptedControlPlane.reset;
import static dev.minitower.runner.Stage.PATIENCE;
import static dev.minitower.runner.Stage.PROMISE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.api.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a runner owes from its earlier life, and what it shares with others. */
class RestartTest {
  /** A lease that a runner can be started again within, also on a busy machine. */
  private static final int RESTART_SECONDS = 10;

  @TempDir Path folder;
  private Stage stage;

  @BeforeEach
  void prepare() throws Exception {
    stage = new Stage(folder, Held.BY_DEFAULT, RESTART_SECONDS);
  }

  @AfterEach
  void nobodyOutlivedItsLease() throws Exception {
    stage.end();
    stage.assertNobodyOutlivedItsLease();
  }

  @Test
  void run_whose_lease_was_lost_on_the_way_begins_once_in_the_next_life() throws Exception {
    FakeRun run = stage.queue("hold('main')\nprint('once')");
    stage.server.fault("lease", lostAnswer());
    stage.server.fault("lease", 1_000, reset());
    RunnerProcess runner = stage.start();
    await().atMost(PATIENCE).until(() -> !stage.server.tenures(run.id).isEmpty());

    runner.killHard();
    stage.server.healed("lease");
    var unused = stage.start();

    stage.awaitResult(run);
    assertThat(stage.server.tenures(run.id)).hasSize(1);
    assertThat(stage.witness.lives(run)).hasSize(1);
    assertThat(stage.server.lines(run)).containsExactly("once");
  }

  @Test
  void result_whose_answer_was_lost_is_repeated_by_the_next_life_and_counts_once()
      throws Exception {
    FakeRun run = stage.queue("hold('main')\nprint('once')\nsys.exit(4)");
    stage.server.fault(run, "result", lostAnswer());
    for (int i = 0; i < 1_000; i++) {
      stage.server.fault(run, "result", reset());
    }
    RunnerProcess runner = stage.start();
    stage.awaitResult(run);

    runner.killHard();
    stage.server.healed("result " + run.id);
    var unused = stage.start();

    stage.assertRunnerGoesOn();
    await().atMost(PATIENCE).until(() -> owedAttempts() == 1);
    assertThat(run.results).extracting(r -> r.exitCode()).containsExactly(4);
    assertThat(run.releases).isEmpty();
    assertThat(stage.witness.lives(run)).hasSize(1);
    assertThat(stage.server.lines(run)).containsExactly("once");
  }

  @Test
  void second_runner_of_a_name_leaves_the_first_alone_and_says_why_it_ends() throws Exception {
    FakeRun run = stage.queue("hold('main')\ntime.sleep(3)");
    var unused = stage.start(Map.of("MINITOWER_RUNNER_NAME", "twin"));
    stage.awaitAlive(run, "main");

    RunnerProcess second =
        stage.startAnother(
            Map.of(
                "MINITOWER_RUNNER_NAME",
                "twin",
                "MINITOWER_DATA_DIR",
                folder.resolve("second").toString()));

    assertThat(second.awaitExit()).isEqualTo(1);
    assertThat(second.log()).contains("MINITOWER_RUNNER_NAME=twin is in use");
    stage.awaitResult(run);
    assertThat(run.results).extracting(r -> r.status()).containsExactly(Outcome.COMPLETED);
    assertThat(stage.witness.lives(run)).hasSize(1);
  }

  @Test
  void watchdog_that_was_killed_is_replaced_and_does_its_work() throws Exception {
    FakeRun run = stage.queue("spare_term()\nescaped('escapee')\nhold('main')\nrest()");
    RunnerProcess runner = stage.start();
    stage.awaitAlive(run, "main", "escapee");
    ProcessHandle first = runner.watchdog().orElseThrow();

    assertThat(first.destroyForcibly()).isTrue();
    await()
        .atMost(PATIENCE)
        .until(() -> runner.watchdog().filter(w -> !w.equals(first)).isPresent());
    assertThat(stage.witness.alive(run)).containsExactly("escapee", "main");
    long killed = System.nanoTime();
    runner.killHard();

    stage.awaitNobody(run);
    stage.assertGoneWithin(PROMISE.plus(PROMISE), killed, run);
  }

  @Test
  void replaced_watchdog_knows_the_leases_of_a_runner_that_freezes() throws Exception {
    stage.end();
    stage = new Stage(folder);
    FakeRun run = stage.queue("spare_term()\nescaped('escapee')\nhold('main')\nrest()");
    RunnerProcess runner = stage.start();
    stage.awaitAlive(run, "main", "escapee");
    ProcessHandle first = runner.watchdog().orElseThrow();

    assertThat(first.destroyForcibly()).isTrue();
    await()
        .atMost(PATIENCE)
        .until(() -> runner.watchdog().filter(w -> !w.equals(first)).isPresent());
    runner.freeze();

    stage.awaitNobody(run);
  }

  private long owedAttempts() throws Exception {
    try (var owed = Files.list(folder.resolve("data/runner/leases"))) {
      return owed.count();
    }
  }
}
