package dev.minitower.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.api.Outcome;
import dev.minitower.model.api.ResultRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program that prints as fast as it can isn't held up by the runner, and nothing of it is
 * missing. The runner has a heap that would not hold the output.
 */
class OutputThroughputTest {
  private static final int LINES = Boolean.getBoolean("minitower.slow-tests") ? 1_000_000 : 200_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** For what a busy machine does to a program that takes milliseconds. */
  private static final double TOLERANCE_SECONDS = 0.3;

  @TempDir Path folder;
  private ScriptedControlPlane server;
  private RunnerProcess runner;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedControlPlane(30);
    runner =
        RunnerProcess.start(
            folder, Map.of("MINITOWER_SERVER_URL", server.url(), "JAVA_TOOL_OPTIONS", "-Xmx48m"));
  }

  @AfterEach
  void stop() throws Exception {
    runner.killHard();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for i in range(1, LINES + 1): print(i)",
        "import subprocess; subprocess.run(['seq', '1', str(LINES)])"
      })
  void fast_program_takes_less_than_twice_as_long_as_when_it_writes_to_a_file(String program)
      throws Exception {
    String script = timed(program);
    double toFile =
        IntStream.range(0, 3).mapToDouble(i -> secondsToFile(script)).max().getAsDouble();

    FakeRun run = server.queue("main.py", script);
    await().atMost(PATIENCE).until(() -> !run.results.isEmpty());

    List<String> lines = server.lines(run);
    assertThat(run.results).containsExactly(new ResultRequest(Outcome.COMPLETED, 0, null, null));
    assertThat(lines.subList(0, LINES))
        .isEqualTo(LongStream.rangeClosed(1, LINES).mapToObj(Long::toString).toList());
    assertThat(lines).hasSize(LINES + 1);
    double toRunner = Double.parseDouble(lines.get(LINES));
    assertThat(toRunner).isLessThan(2 * toFile + TOLERANCE_SECONDS);
  }

  /** Prints its own time last. */
  private static String timed(String program) {
    return """
        import time
        LINES = %d
        begin = time.monotonic()
        %s
        print(time.monotonic() - begin)
        """
        .formatted(LINES, program);
  }

  private double secondsToFile(String script) {
    try {
      Path file = Files.writeString(folder.resolve("main.py"), script);
      Path output = folder.resolve("output");
      new ProcessBuilder("python3", "-u", file.toString())
          .redirectOutput(output.toFile())
          .start()
          .waitFor();
      List<String> lines = Files.readAllLines(output);
      return Double.parseDouble(lines.get(lines.size() - 1));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
