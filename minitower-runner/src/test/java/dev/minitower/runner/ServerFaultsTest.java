package dev.minitower.runner;

import static dev.minitower.runner.ScriptedControlPlane.lostAnswer;
import static dev.minitower.runner.ScriptedControlPlane.malformed;
import static dev.minitower.runner.ScriptedControlPlane.reset;
import static dev.minitower.runner.ScriptedControlPlane.status;
import static dev.minitower.runner.Stage.HEARTBEAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.api.Outcome;
import dev.minitower.runner.ScriptedControlPlane.Fault;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the server does once instead of answering: nothing is lost, and nothing runs twice. */
class ServerFaultsTest {
  private static final List<String> CALLS =
      List.of("start", "artifact", "heartbeat", "logs", "result");
  private static final int LINES = 5;
  private static final String PROGRAM =
      """
      hold('main')
      for line in range(%d):
          print('line', line)
          time.sleep(0.2)
      """
          .formatted(LINES);

  @TempDir static Path folder;
  private static Stage stage;

  /** What a call meets. */
  enum Trouble {
    INTERNAL_ERROR,
    RESET,
    LOST_ANSWER,
    MALFORMED,
    SLOW;

    Fault fault() {
      return switch (this) {
        case INTERNAL_ERROR -> status(500);
        case RESET -> reset();
        case LOST_ANSWER -> lostAnswer();
        case MALFORMED -> malformed();
        case SLOW -> stage.server.late(HEARTBEAT.toMillis() + 300);
      };
    }
  }

  @BeforeAll
  static void start() throws Exception {
    stage = new Stage(folder);
    for (Trouble trouble : Trouble.values()) {
      stage.server.fault("register", trouble.fault());
    }
    var unused = stage.start(Map.of("MINITOWER_RUNNER_CONCURRENCY", "8"));
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
  void registration_is_repeated_until_it_is_answered() {
    stage.assertRunnerGoesOn();

    assertThat(stage.server.registrations()).hasSizeBetween(1, 3);
    assertThat(stage.server.registrations().stream().map(r -> r.instanceId()).distinct())
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void trouble_on_any_call_costs_a_run_nothing(Trouble trouble) {
    var runs = new LinkedHashMap<String, FakeRun>();
    stage.server.fault("lease", trouble.fault(), trouble.fault());
    for (String call : CALLS) {
      FakeRun run = stage.queue(unique(PROGRAM));
      runs.put(call, run);
      if (!call.equals("artifact") || trouble != Trouble.MALFORMED) {
        stage.server.fault(run, call, trouble.fault(), trouble.fault());
      }
    }

    FakeRun damaged = handedBackThrough(trouble);

    runs.forEach((call, run) -> assertRanOnceAndWhole(run, trouble + " on " + call));
    stage.awaitRelease(damaged);
    assertThat(damaged.releases).hasSize(1);
    assertThat(stage.witness.lives(damaged)).isEmpty();
    stage.assertRunnerGoesOn();
  }

  /** So that its artifact is in no cache. */
  private static String unique(String program) {
    return program + "# " + UUID.randomUUID() + "\n";
  }

  private static FakeRun handedBackThrough(Trouble trouble) {
    FakeRun run = stage.queue(unique(PROGRAM));
    stage.server.fault(
        run, "artifact", (exchange, normal) -> ScriptedControlPlane.answer(exchange, 200, "other"));
    stage.server.fault(run, "release", trouble.fault(), trouble.fault());
    return run;
  }

  private static void assertRanOnceAndWhole(FakeRun run, String what) {
    stage.awaitResult(run);
    assertThat(run.results).as(what).extracting(r -> r.status()).containsExactly(Outcome.COMPLETED);
    assertThat(stage.server.tenures(run.id)).as(what).hasSize(1);
    assertThat(stage.witness.lives(run)).as(what).hasSize(1);
    assertThat(stage.server.lines(run))
        .as(what)
        .isEqualTo(IntStream.range(0, LINES).mapToObj(line -> "line " + line).toList());
  }
}
