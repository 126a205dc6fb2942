package dev.minitower.runner;

import static dev.minitower.runner.HostileArchives.EVIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.api.Outcome;
import dev.minitower.model.lifecycle.ErrorClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Artifacts that no honest server serves: nothing of them is run, or written where it may not. */
class ArtifactTest {
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
  void nothingIsLeft() throws IOException {
    stage.assertNobodyOutlivedItsLease();
    assertThat(folder.resolve("data/runner/work")).isEmptyDirectory();
  }

  @Test
  void artifact_that_does_not_match_its_hash_is_not_run_and_not_the_users_failure() {
    FakeRun run = stage.queue("hold('main')");
    byte[] other = TestArtifact.of("main.py", "from life import *\nhold('other')");
    stage.server.fault(
        run,
        "artifact",
        (exchange, normal) -> {
          exchange.sendResponseHeaders(200, other.length);
          exchange.getResponseBody().write(other);
        });

    stage.awaitRelease(run);

    stage.assertRunnerGoesOn();
    assertThat(run.releases.get(0)).startsWith("artifact_damaged:");
    assertThat(run.results).isEmpty();
    assertThat(stage.witness.lives(run)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void hostile_archive_is_refused_and_leaves_nothing(HostileArchives archive) throws Exception {
    FakeRun run = stage.queue(archive.make(folder), null);

    stage.awaitResult(run);

    var result = run.results.get(0);
    assertThat(result.status()).isEqualTo(Outcome.FAILED);
    assertThat(result.errorMessage()).startsWith("artifact_invalid:");
    assertThat(result.errorClass()).isEqualTo(ErrorClass.USER);
    assertThat(stage.witness.lives(run)).isEmpty();
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(EVIL));
    }
    assertThat(Path.of("/", EVIL)).doesNotExist();
  }
}
