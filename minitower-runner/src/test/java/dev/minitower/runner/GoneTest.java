package dev.minitower.runner;

import static dev.minitower.runner.Stage.HEARTBEAT;
import static dev.minitower.runner.Stage.PATIENCE;
import static dev.minitower.runner.Stage.PROMISE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.runner.ScriptedControlPlane.Call;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A lease that the server ends: whichever call learns of it, nobody goes on and nothing is told.
 */
class GoneTest {
  @TempDir static Path folder;
  private static Stage stage;
  private volatile long gone;

  @BeforeAll
  static void start() throws Exception {
    stage = new Stage(folder);
    var unused = stage.start();
  }

  @AfterAll
  static void end() throws Exception {
    stage.end();
  }

  @AfterEach
  void nobodyOutlivedItsLease() {
    stage.assertNobodyOutlivedItsLease();
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "artifact"})
  void nobody_is_begun_after_it(String call) {
    FakeRun run = stage.queue("hold('main')");
    endAt(call, run);

    awaitGone();

    stage.assertRunnerGoesOn();
    assertThat(stage.witness.lives(run)).isEmpty();
    assertNothingWasToldAfterIt(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"heartbeat", "logs"})
  void everybody_is_killed_by_it_without_grace(String call) {
    FakeRun run =
        stage.queue(
            """
            spare_term()
            escaped('escapee')
            hold('main')
            while True:
                print('more')
                time.sleep(0.1)
            """);
    stage.awaitAlive(run, "main", "escapee");
    endAt(call, run);

    awaitGone();

    stage.awaitNobody(run);
    stage.assertGoneWithin(PROMISE, gone, run);
    stage.assertRunnerGoesOn();
    assertNothingWasToldAfterIt(run);
  }

  @Test
  void result_that_is_refused_by_it_is_not_repeated() {
    FakeRun run = stage.queue("hold('main')");
    endAt("result", run);

    awaitGone();

    stage.assertRunnerGoesOn();
    assertThat(run.results).isEmpty();
    assertNothingWasToldAfterIt(run);
  }

  @Test
  void release_that_is_refused_by_it_is_not_repeated() {
    FakeRun run = stage.queue("hold('main')");
    stage.server.fault(
        run, "artifact", (exchange, normal) -> ScriptedControlPlane.answer(exchange, 200, "other"));
    endAt("release", run);

    awaitGone();

    stage.assertRunnerGoesOn();
    assertThat(run.releases).isEmpty();
    assertThat(stage.witness.lives(run)).isEmpty();
    assertNothingWasToldAfterIt(run);
  }

  private void endAt(String call, FakeRun run) {
    stage.server.fault(
        run,
        call,
        (exchange, normal) -> {
          stage.server.end(run);
          gone = System.nanoTime();
          normal.handle(exchange);
        });
  }

  private void awaitGone() {
    await().atMost(PATIENCE).until(() -> gone != 0);
  }

  /** But for what was on its way. */
  private void assertNothingWasToldAfterIt(FakeRun run) {
    List<Call> later =
        stage.server.calls(run).stream().filter(call -> call.nanos() > gone).toList();
    assertThat(later)
        .extracting(Call::name)
        .doesNotContain("start", "artifact", "result", "release");
    assertThat(later).allMatch(call -> call.nanos() < gone + HEARTBEAT.toNanos());
  }
}
