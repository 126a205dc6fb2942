package dev.minitower.runner;

import static dev.minitower.runner.ScriptedControlPlane.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.api.Outcome;
import dev.minitower.model.api.ResultRequest;
import dev.minitower.model.lifecycle.ErrorClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output and results of a runner that is killed as a power switch would. */
class OutputOverRestartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LINES = 30_000;

  @TempDir Path folder;
  private ScriptedControlPlane server;
  private RunnerProcess runner;

  @BeforeEach
  void startServer() throws IOException {
    server = new ScriptedControlPlane(6);
  }

  @AfterEach
  void stop() throws Exception {
    runner.killHard();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void log_and_result_that_were_not_delivered_are_delivered_by_the_next_start(int batches)
      throws Exception {
    FakeRun run = server.queue("main.sh", "seq 1 %d; printf end; exit 4".formatted(LINES));
    for (int i = 0; i < batches; i++) {
      server.fault("logs", ScriptedControlPlane.lostAnswer());
      server.fault("logs", (exchange, normal) -> normal.handle(exchange));
    }
    server.fault("logs", 1_000, reset());
    runner = start();
    await().atMost(PATIENCE).until(() -> records().contains("\"FINISHED\""));

    runner.killHard();
    assertThat(run.results).isEmpty();
    server.healed("logs");
    runner = start();

    await().atMost(PATIENCE).until(() -> !run.results.isEmpty());
    assertThat(run.results)
        .containsExactly(
            new ResultRequest(Outcome.FAILED, 4, "exit: exited with code 4", ErrorClass.USER));
    assertComplete(run, "end");
    assertThat(run.starts).isEqualTo(1);
    assertThat(server.calls().lastIndexOf("logs")).isLessThan(server.calls().indexOf("result"));
    awaitNothingLeft();
  }

  @Test
  void output_of_a_run_under_way_is_delivered_before_it_is_handed_back() throws Exception {
    FakeRun run = server.queue("main.sh", "seq 1 %d; printf 'no end'; sleep 100".formatted(LINES));
    server.fault("logs", (exchange, normal) -> normal.handle(exchange));
    server.fault("logs", 1_000, reset());
    runner = start();
    await().atMost(PATIENCE).until(() -> spooled(run).contains("no end"));

    runner.killHard();
    server.healed("logs");
    runner = start();

    await().atMost(PATIENCE).until(() -> !run.releases.isEmpty());
    assertThat(run.releases)
        .containsExactly("runner_restarted: the runner was restarted while the run was under way");
    assertThat(run.results).isEmpty();
    assertComplete(run, "no end");
    awaitNothingLeft();
  }

  @Test
  void lease_is_kept_alive_for_as_long_as_the_delivery_takes() throws Exception {
    FakeRun run = server.queue("main.sh", "echo precious");
    server.fault("logs", 1_000, reset());
    runner = start();
    await().atMost(PATIENCE).until(() -> records().contains("\"FINISHED\""));
    runner.killHard();
    int before = server.see(() -> run.heartbeats);

    runner = start();
    await().atMost(PATIENCE).until(() -> server.see(() -> run.heartbeats) > before + 3);
    server.healed("logs");

    await().atMost(PATIENCE).until(() -> !run.results.isEmpty());
    assertThat(server.lines(run)).containsExactly("precious");
  }

  @Test
  void nothing_is_delivered_and_nothing_kept_when_the_lease_ended_meanwhile() throws Exception {
    FakeRun run = server.queue("main.sh", "echo too late");
    server.fault("logs", 1_000, reset());
    runner = start();
    await().atMost(PATIENCE).until(() -> records().contains("\"FINISHED\""));
    runner.killHard();
    server.end(run);
    server.healed("logs");

    runner = start();

    awaitNothingLeft();
    assertThat(server.lines(run)).isEmpty();
    assertThat(run.results).isEmpty();
  }

  private void assertComplete(FakeRun run, String last) {
    List<String> lines = server.lines(run);
    assertThat(lines).hasSize(LINES + 1).endsWith(last);
    assertThat(lines.subList(0, LINES))
        .isEqualTo(LongStream.rangeClosed(1, LINES).mapToObj(Long::toString).toList());
    assertThat(server.sequence(run))
        .isEqualTo(LongStream.rangeClosed(1, LINES + 1L).boxed().toList());
    assertThat(run.conflicts).isEmpty();
  }

  /** One record is left: that of the token which is asked with. */
  private void awaitNothingLeft() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(folder.resolve("data/runner/spool")).isEmptyDirectory();
              assertThat(records()).doesNotContain("STARTED", "FINISHED");
            });
  }

  private String records() throws IOException {
    return contentOf(folder.resolve("data/runner/leases"), "*.json");
  }

  private String spooled(FakeRun run) throws IOException {
    return contentOf(folder.resolve("data/runner/spool/" + (run.id * 100 + 1)), "*");
  }

  private static String contentOf(Path folder, String names) throws IOException {
    var content = new StringBuilder();
    try (var files = Files.newDirectoryStream(folder, names)) {
      for (Path file : files) {
        content.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    } catch (NoSuchFileException e) {
      return content.toString();
    }
    return content.toString();
  }

  private RunnerProcess start() throws IOException {
    return RunnerProcess.start(folder, Map.of("MINITOWER_SERVER_URL", server.url()));
  }
}
