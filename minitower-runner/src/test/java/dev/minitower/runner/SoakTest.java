package dev.minitower.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.api.Outcome;
import dev.minitower.runner.execution.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Many runs in a row leave behind what none leaves: nothing. */
class SoakTest {
  private static final int WARM_UP = 12;

  /** What a JVM may have open at one moment and not at the next, such as idle connections. */
  private static final long BREATH = 8;

  private static final String PROGRAM =
      """
      hold('main')
      open('left-behind', 'w').write('x' * 1000)
      escaped('escapee')
      print('done')
      """;

  @TempDir Path folder;
  private Stage stage;

  @BeforeEach
  void start() throws Exception {
    stage = new Stage(folder);
    var unused = stage.start(Map.of("MINITOWER_RUNNER_CONCURRENCY", "4"));
  }

  @AfterEach
  void end() throws Exception {
    stage.end();
  }

  @Test
  void forty_runs_leave_no_process_file_or_descriptor() throws Exception {
    soak(40);
  }

  @Test
  @EnabledIfSystemProperty(named = "minitower.slow-tests", matches = "true")
  void five_hundred_runs_leave_no_process_file_or_descriptor() throws Exception {
    soak(500);
  }

  private void soak(int count) throws IOException {
    runAll(WARM_UP);
    long openFiles = stage.runner().openFiles();
    long threads = stage.runner().threads();

    runAll(count);

    assertThat(stage.runner().openFiles()).isLessThan(openFiles + BREATH);
    assertThat(stage.runner().threads()).isLessThan(threads + BREATH);
    assertThat(stage.witness.nobodyIsAlive()).isTrue();
    assertThat(Witness.countWith(stage.witness.address())).isZero();
    assertThat(filesIn("work")).isEmpty();
    assertThat(filesIn("spool")).isEmpty();
    stage.assertNobodyOutlivedItsLease();
  }

  private void runAll(int count) {
    List<FakeRun> runs = IntStream.range(0, count).mapToObj(i -> stage.queue(PROGRAM)).toList();

    await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> runs.stream().noneMatch(run -> run.results.isEmpty()));
    assertThat(runs)
        .allMatch(run -> run.results.get(0).status() == Outcome.COMPLETED)
        .allMatch(run -> stage.server.lines(run).equals(List.of("done")))
        .allMatch(run -> stage.server.tenures(run.id).size() == 1);
    await().atMost(Stage.PATIENCE).until(() -> filesIn("leases").size() <= 1);
  }

  private List<Path> filesIn(String folderOfRunner) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data/runner/" + folderOfRunner))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
