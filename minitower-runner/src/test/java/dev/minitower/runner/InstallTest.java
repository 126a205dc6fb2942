package dev.minitower.runner;

import static dev.minitower.runner.Stage.GRACE;
import static dev.minitower.runner.Stage.HEARTBEAT;
import static dev.minitower.runner.Stage.PROMISE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.api.Outcome;
import dev.minitower.model.lifecycle.ErrorClass;
import dev.minitower.runner.execution.Wheels;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs with packages, from a folder of wheels instead of a network. */
class InstallTest {
  @TempDir static Path folder;
  private static Stage stage;

  @BeforeAll
  static void start() throws Exception {
    Path wheels = folder.resolve("wheels");
    Wheels.make(wheels, "greeting", "WORD = 'hello from a wheel'\n");
    stage = new Stage(folder);
    var unused =
        stage.start(
            Map.of(
                "PIP_NO_INDEX", "1",
                "PIP_FIND_LINKS", wheels.toString(),
                "PIP_CONFIG_FILE", "/dev/null"));
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
  void program_finds_the_packages_that_it_asked_for_each_time() {
    for (int time = 0; time < 2; time++) {
      FakeRun run = with("greeting==1.0", "hold('main')\nimport greeting\nprint(greeting.WORD)");

      stage.awaitResult(run);

      assertThat(run.results).extracting(r -> r.status()).containsExactly(Outcome.COMPLETED);
      assertThat(stage.server.lines(run)).endsWith("hello from a wheel");
      assertThat(stage.witness.lives(run)).hasSize(1);
    }
  }

  @Test
  void program_whose_packages_can_not_be_had_is_not_begun_and_the_log_says_why() {
    FakeRun run = with("absent-package==7.7", "hold('main')");

    stage.awaitResult(run);

    var result = run.results.get(0);
    assertThat(result.status()).isEqualTo(Outcome.FAILED);
    assertThat(result.errorMessage()).startsWith("setup_failed:");
    assertThat(result.errorClass()).isEqualTo(ErrorClass.USER);
    assertThat(stage.server.lines(run)).anyMatch(line -> line.contains("absent-package==7.7"));
    assertThat(stage.witness.lives(run)).isEmpty();
  }

  @Test
  void cancel_ends_an_installation_too() {
    FakeRun run = stage.queue(slowToBuild(), null);
    stage.awaitAlive(run, "build");

    long cancelled = System.nanoTime();
    stage.server.cancel(run);

    stage.awaitResult(run);
    assertThat(run.results).extracting(r -> r.status()).containsExactly(Outcome.CANCELLED);
    stage.assertGoneWithin(HEARTBEAT.plus(GRACE).plus(PROMISE), cancelled, run);
    assertThat(stage.witness.lives(run)).extracting(l -> l.role()).containsOnly("build");
  }

  /** An installer's environment has nothing of the run's, so that it is told in the text. */
  private static byte[] slowToBuild() {
    String backend =
        """
        import os
        os.environ.update(witness='%s', MINITOWER_RUN_ID='%d', MINITOWER_ATTEMPT_NO='1')
        from life import *
        spare_term()
        hold('build')
        rest()
        """
            .formatted(stage.witness.address(), stage.server.nextRun());
    String project =
        """
        [project]
        name = "slow"
        version = "1.0"
        [build-system]
        requires = []
        build-backend = "backend"
        backend-path = ["."]
        """;
    var files =
        Map.of(
            "pyproject.toml",
            project,
            "backend.py",
            backend,
            "main.py",
            "from life import *\nhold('main')",
            "life.py",
            Stage.LIFE);
    return TestArtifact.of(files, "main.py");
  }

  private static FakeRun with(String requirement, String program) {
    var files =
        Map.of(
            "requirements.txt", requirement + "\n",
            "main.py", "from life import *\n" + program,
            "life.py", Stage.LIFE);
    return stage.queue(TestArtifact.of(files, "main.py"), null);
  }
}
