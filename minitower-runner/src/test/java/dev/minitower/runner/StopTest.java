package dev.minitower.runner;

import static dev.minitower.runner.Stage.GRACE;
import static dev.minitower.runner.Stage.HEARTBEAT;
import static dev.minitower.runner.Stage.PATIENCE;
import static dev.minitower.runner.Stage.PROMISE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.api.Outcome;
import dev.minitower.model.api.RunnerState;
import dev.minitower.runner.ScriptedControlPlane.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What SIGTERM does to the runs under way. */
class StopTest {
  private static final String UNTIL_TOLD =
      """
      hold('main')
      while not os.path.exists('%s'):
          time.sleep(0.02)
      print('told')
      """;
  private static final String STUBBORN =
      """
      spare_term()
      escaped('escapee')
      hold('main')
      print('up')
      rest()
      """;

  @TempDir Path folder;
  private Stage stage;

  @BeforeEach
  void prepare() throws Exception {
    stage = new Stage(folder);
  }

  @AfterEach
  void nobodyOutlivedItsLease() throws Exception {
    stage.end();
    stage.assertNobodyOutlivedItsLease();
  }

  @Test
  void drained_runner_takes_nothing_new_and_lets_its_run_end() throws Exception {
    Path told = folder.resolve("told");
    FakeRun run = stage.queue(UNTIL_TOLD.formatted(told));
    RunnerProcess runner = start("60s");
    stage.awaitAlive(run, "main");

    runner.terminate();
    await().atMost(PATIENCE).until(() -> !stage.server.states().isEmpty());
    long drained = System.nanoTime();
    FakeRun next = stage.queue("hold('main')");
    await().atMost(PATIENCE).until(() -> beatsSince(drained, run) > 2 * Stage.TTL_SECONDS);
    Files.createFile(told);

    assertThat(runner.awaitExit()).isZero();
    assertThat(stage.server.states().get(0).state()).isEqualTo(RunnerState.DRAINING);
    assertThat(run.results).extracting(r -> r.status()).containsExactly(Outcome.COMPLETED);
    assertThat(stage.server.lines(run)).containsExactly("told");
    assertThat(stage.goneNanos(run) - drained)
        .isGreaterThan(Duration.ofSeconds(Stage.TTL_SECONDS - 1).toNanos());
    assertThat(stage.server.tenures(next.id)).isEmpty();
  }

  @Test
  void drain_that_takes_too_long_ends_with_the_grace_and_hands_the_run_back() throws Exception {
    FakeRun run = stage.queue(STUBBORN);
    RunnerProcess runner = start("1s");
    stage.awaitAlive(run, "main", "escapee");

    long asked = System.nanoTime();
    runner.terminate();

    assertThat(runner.awaitExit()).isZero();
    assertThat(stage.goneNanos(run) - asked).isGreaterThan(Duration.ofSeconds(1).toNanos());
    stage.assertGoneWithin(Duration.ofSeconds(1).plus(GRACE).plus(PROMISE), asked, run);
    assertThat(run.releases).containsExactly("runner_shutdown: the runner is shutting down");
    assertThat(stage.server.lines(run)).containsExactly("up");
    assertThat(callsButHeartbeats(run)).endsWith("release");
  }

  @Test
  void second_signal_ends_the_drain_at_once() throws Exception {
    FakeRun run = stage.queue(STUBBORN);
    RunnerProcess runner = start("60s");
    stage.awaitAlive(run, "main", "escapee");
    runner.terminate();
    await().atMost(PATIENCE).until(() -> !stage.server.states().isEmpty());

    long again = System.nanoTime();
    runner.terminate();

    assertThat(runner.awaitExit()).isZero();
    stage.assertGoneWithin(GRACE.plus(PROMISE), again, run);
    assertThat(run.releases).containsExactly("runner_shutdown: the runner is shutting down");
  }

  @Test
  @EnabledIfSystemProperty(named = "minitower.slow-tests", matches = "true")
  void server_out_of_reach_keeps_no_runner_from_its_end() throws Exception {
    FakeRun run = stage.queue(STUBBORN);
    RunnerProcess runner = start("0s");
    stage.awaitAlive(run, "main", "escapee");
    stage.server.breakDown(ScriptedControlPlane.reset());

    long asked = System.nanoTime();
    runner.terminate();

    assertThat(runner.awaitExit()).isZero();
    stage.assertGoneWithin(GRACE.plus(HEARTBEAT).plus(PROMISE), asked, run);
  }

  private RunnerProcess start(String drainTimeout) throws Exception {
    return stage.start(Map.of("MINITOWER_DRAIN_TIMEOUT", drainTimeout));
  }

  /** A heartbeat that is on its way while the run is handed back may arrive after that. */
  private List<String> callsButHeartbeats(FakeRun run) {
    return stage.server.calls(run).stream()
        .map(Call::name)
        .filter(name -> !name.equals("heartbeat"))
        .toList();
  }

  private long beatsSince(long nanos, FakeRun run) {
    return stage.server.calls(run).stream()
        .filter(call -> call.name().equals("heartbeat"))
        .mapToLong(Call::nanos)
        .filter(at -> at > nanos)
        .count();
  }
}
