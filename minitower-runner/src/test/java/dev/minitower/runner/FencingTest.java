package dev.minitower.runner;

import static dev.minitower.runner.Stage.GRACE;
import static dev.minitower.runner.Stage.HEARTBEAT;
import static dev.minitower.runner.Stage.PATIENCE;
import static dev.minitower.runner.Stage.PROMISE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.api.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No process lives longer than its attempt, whatever it does to stay and whatever happens to the
 * runner, with everything that may hold processes together here.
 */
@ParameterizedClass
@EnumSource(Held.class)
class FencingTest {
  /** Does what programs do to survive, all at once. */
  private static final String STUBBORN =
      """
      spare_term()
      hold('main')
      if os.fork() == 0:
          hold('child')
          rest()
      escaped('escapee')
      if LEAVES_NO_ESCAPE:
          escaped('nameless', {})
      chain('chain', 0.01)
      rest()
      """;

  @TempDir static Path folder;

  @Parameter Held held;
  private static Stage stage;

  /** Whether also who leaves parent, session and environment on purpose can't escape. */
  private static boolean leavesNoEscape;

  @BeforeParameterizedClassInvocation
  static void start(Held held) throws Exception {
    stage = new Stage(folder.resolve(held.name()), held);
    RunnerProcess runner = stage.start();
    await().atMost(PATIENCE).until(() -> runner.log().contains("held_by="));
    leavesNoEscape = !runner.log().contains("held_by=session");
  }

  @AfterParameterizedClassInvocation
  static void end() throws Exception {
    stage.end();
  }

  @AfterEach
  void nobodyOutlivedItsLease() {
    stage.assertNobodyOutlivedItsLease();
  }

  @Test
  void runner_says_what_holds_its_workloads() throws Exception {
    assertThat(stage.runner().log()).contains(held.inForce());
  }

  @Test
  void cancel_ends_all_of_it_within_heartbeat_and_grace() {
    FakeRun run = stubborn();
    long cancelled = System.nanoTime();

    stage.server.cancel(run);

    stage.awaitResult(run);
    assertThat(run.results.get(0).status()).isEqualTo(Outcome.CANCELLED);
    stage.assertGoneWithin(HEARTBEAT.plus(GRACE).plus(PROMISE), cancelled, run);
  }

  @Test
  void frozen_runners_work_is_gone_before_its_lease_and_the_runner_says_nothing_about_it()
      throws Exception {
    FakeRun run = stubborn();

    stage.runner().freeze();
    stage.awaitNobody(run);
    await()
        .atMost(PATIENCE)
        .until(() -> stage.server.see(() -> run.leasedUntilNanos) < System.nanoTime());
    int callsBefore = stage.server.calls(run).size();
    stage.runner().thaw();

    stage.assertRunnerGoesOn();
    assertThat(run.results).isEmpty();
    assertThat(run.releases).isEmpty();
    assertThat(stage.server.calls(run).subList(callsBefore, stage.server.calls(run).size()))
        .extracting(ScriptedControlPlane.Call::name)
        .doesNotContain("result", "release");
  }

  @Test
  void killed_runner_leaves_nobody_and_its_next_life_hands_the_run_back() throws Exception {
    FakeRun run = stubborn();
    long killed = System.nanoTime();

    stage.runner().killHard();

    stage.awaitNobody(run);
    stage.assertGoneWithin(PROMISE, killed, run);
    var unused = stage.start();
    await().atMost(PATIENCE).until(() -> wasCalled("release", run));
    assertThat(run.results).isEmpty();
  }

  private static boolean wasCalled(String call, FakeRun run) {
    return stage.server.calls(run).stream().anyMatch(made -> made.name().equals(call));
  }

  private static FakeRun stubborn() {
    FakeRun run =
        stage.queue(STUBBORN.replace("LEAVES_NO_ESCAPE", leavesNoEscape ? "True" : "False"));
    stage.awaitAlive(run, "main", "child", "escapee", "chain");
    if (leavesNoEscape) {
      stage.awaitAlive(run, "nameless");
    }
    return run;
  }
}
