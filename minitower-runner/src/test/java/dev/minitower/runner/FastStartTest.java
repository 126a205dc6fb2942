package dev.minitower.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.runner.execution.Wheels;
import dev.minitower.runner.files.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The time from a lease to the first line of user code, with a real runner. Programs tell the time
 * of the kernel's monotonic clock, which is also Java's.
 */
class FastStartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TELL_TIME = "import time; print('began', time.monotonic_ns())\n";

  private final List<Long> leases = new CopyOnWriteArrayList<>();

  @TempDir Path folder;
  private ScriptedControlPlane server;
  private RunnerProcess runner;
  private String python;

  @BeforeEach
  void startServer() throws Exception {
    server = new ScriptedControlPlane(20);
    server.fault(
        "lease",
        100,
        (exchange, normal) -> {
          normal.handle(exchange);
          leases.add(System.nanoTime());
        });
    python = ask("python3", "import sys; print(sys.executable)");
  }

  @AfterEach
  void stop() throws Exception {
    runner.terminate();
    var unused = runner.awaitExit();
    server.close();
    FileTrees.delete(folder.resolve("data"));
  }

  @Test
  void second_run_of_an_app_with_packages_installs_and_downloads_nothing_and_starts_at_once()
      throws Exception {
    Wheels.make(folder.resolve("wheels"), "shouting", "def of(text): return text.upper()");
    byte[] artifact =
        TestArtifact.of(
            Map.of(
                "main.py",
                TELL_TIME + "import shouting; print(shouting.of('hello'))",
                "requirements.txt",
                "shouting==1.0\n"),
            "main.py");
    runner = start(Map.of("PIP_NO_INDEX", "1", "PIP_FIND_LINKS", folder.resolve("wheels") + ""));

    FakeRun first = await(server.queue("main.py", artifact, Map.of(), null));
    FileTrees.delete(folder.resolve("wheels"));
    List<Duration> later = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      FakeRun run = await(server.queue("main.py", artifact, Map.of(), null));
      assertThat(server.lines(run))
          .filteredOn(line -> !line.startsWith("began"))
          .containsExactly("[minitower] packages of requirements.txt: reused", "HELLO");
      later.add(untilFirstLine(run));
    }

    assertThat(server.lines(first))
        .contains("[minitower] packages of requirements.txt: installing with pip", "HELLO")
        .anyMatch(
            line -> line.matches("\\[minitower] packages of requirements.txt: installed in .* s"));
    assertThat(server.calls()).filteredOn("artifact"::equals).hasSize(1);
    assertThat(runner.log())
        .containsPattern("prepared run=1 attempt=1 artifact=downloaded \\d+ ms environment=built")
        .containsPattern("prepared run=2 attempt=1 artifact=cached \\d+ ms environment=reused");
    System.out.printf("with packages: first %s, later %s%n", untilFirstLine(first), later);
    assertThat(later.stream().min(Duration::compareTo).orElseThrow())
        .isLessThan(untilFirstLine(first).dividedBy(4));
  }

  @Test
  void run_without_packages_starts_within_150_ms_of_its_lease_and_the_start_of_python()
      throws Exception {
    runner = start(Map.of());
    List<Duration> starts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      FakeRun run =
          await(server.queue("main.py", TestArtifact.of("main.py", TELL_TIME), Map.of(), null));
      starts.add(untilFirstLine(run));
    }
    Duration interpreter = startOfPython();

    System.out.printf("without packages: %s, python itself %s%n", starts, interpreter);
    assertThat(starts.stream().min(Duration::compareTo).orElseThrow())
        .isLessThan(Duration.ofMillis(150).plus(interpreter));
  }

  private RunnerProcess start(Map<String, String> settings) throws IOException {
    var all = new HashMap<>(settings);
    all.put("MINITOWER_SERVER_URL", server.url());
    all.put("MINITOWER_PYTHON_BIN", python);
    all.put("MINITOWER_UV_BIN", "none");
    return RunnerProcess.start(folder, all);
  }

  private FakeRun await(FakeRun run) {
    Awaitility.await().atMost(PATIENCE).until(() -> !run.results.isEmpty());
    assertThat(run.results.get(0).exitCode()).isZero();
    return run;
  }

  private Duration untilFirstLine(FakeRun run) {
    long began =
        server.lines(run).stream()
            .filter(line -> line.startsWith("began "))
            .mapToLong(line -> Long.parseLong(line.substring("began ".length())))
            .findFirst()
            .orElseThrow();
    long leased =
        leases.stream().mapToLong(Long::longValue).filter(at -> at < began).max().orElseThrow();
    return Duration.ofNanos(began - leased);
  }

  private Duration startOfPython() throws Exception {
    long start = System.nanoTime();
    long began = Long.parseLong(ask(python, "import time; print(time.monotonic_ns())"));
    return Duration.ofNanos(began - start);
  }

  private static String ask(String program, String question) throws Exception {
    Process process = new ProcessBuilder(program, "-c", question).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return answer.strip();
  }
}
