package dev.minitower.runner;

import static dev.minitower.runner.ScriptedControlPlane.reset;
import static dev.minitower.runner.Stage.GRACE;
import static dev.minitower.runner.Stage.HEARTBEAT;
import static dev.minitower.runner.Stage.PROMISE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.api.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How long processes live when time runs out: the program's own, or the lease's. */
class OutageTest {
  private static final String RESTS_AT_FIRST =
      """
      spare_term()
      hold('main')
      if os.environ['MINITOWER_ATTEMPT_NO'] == '1':
          rest()
      """;

  @TempDir static Path folder;
  private static Stage stage;

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

  @Test
  void program_over_its_time_is_gone_after_the_grace() {
    FakeRun run = stage.queue("spare_term()\nhold('main')\nrest()", 1);

    stage.awaitResult(run);

    assertThat(run.results.get(0).errorMessage()).startsWith("timeout:");
    long began = stage.witness.lives(run).get(0).fromNanos();
    stage.assertGoneWithin(Duration.ofSeconds(1).plus(GRACE).plus(PROMISE), began, run);
  }

  @Test
  void runner_frozen_for_less_than_its_lease_goes_on_as_if_nothing_had_been() throws Exception {
    FakeRun run = stage.queue("hold('main')\nprint('up')\ntime.sleep(2)");
    stage.awaitAlive(run, "main");

    stage.runner().freeze();
    long frozen = System.nanoTime();
    await().until(() -> System.nanoTime() - frozen > HEARTBEAT.toNanos());
    stage.runner().thaw();

    stage.awaitResult(run);
    assertThat(run.results.get(0).status()).isEqualTo(Outcome.COMPLETED);
    assertThat(stage.witness.lives(run)).hasSize(1);
    assertThat(stage.server.lines(run)).containsExactly("up");
  }

  @Test
  void work_is_gone_before_a_server_out_of_reach_gives_the_run_to_the_next() {
    FakeRun run = stage.queue(RESTS_AT_FIRST);
    run.retriesLeft = 1;
    stage.awaitAlive(run, "main");

    stage.server.breakDown(reset());
    stage.awaitNobody(run);
    stage.server.recover();

    assertSecondAttemptCompletes(run);
  }

  @Test
  @EnabledIfSystemProperty(named = "minitower.slow-tests", matches = "true")
  void work_is_gone_before_a_server_that_only_listens_gives_the_run_to_the_next() {
    FakeRun run = stage.queue(RESTS_AT_FIRST);
    run.retriesLeft = 1;
    stage.awaitAlive(run, "main");

    stage.server.breakDown(stage.server.late(700));
    stage.awaitNobody(run);
    stage.server.recover();

    assertSecondAttemptCompletes(run);
  }

  @Test
  void nobody_is_begun_under_a_lease_that_ended_before_the_start_was_answered() {
    FakeRun run = stage.queue("hold('main')");
    run.retriesLeft = 1;
    stage.server.fault(run, "heartbeat", reset(), reset(), reset(), reset(), reset(), reset());
    stage.server.fault(run, "start", stage.server.late(Stage.TTL_SECONDS * 1_000 + 200));

    stage.awaitResult(run);

    assertThat(stage.witness.lives(run, 1)).isEmpty();
    assertThat(stage.witness.lives(run, 2)).hasSize(1);
  }

  private static void assertSecondAttemptCompletes(FakeRun run) {
    stage.awaitResult(run);
    assertThat(stage.server.tenures(run.id)).hasSize(2);
    assertThat(run.results.get(0).status()).isEqualTo(Outcome.COMPLETED);
    assertThat(stage.witness.lives(run, 1).get(0).toNanos())
        .isLessThan(stage.server.tenures(run.id).get(1).fromNanos);
  }
}
