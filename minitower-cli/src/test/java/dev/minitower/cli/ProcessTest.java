package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a process of its own: real streams, a real signal, a real exit code. */
@Timeout(60)
class ProcessTest {
  @TempDir Path folder;

  private ScriptedControlPlane server;

  @BeforeEach
  void start() {
    server = ScriptedControlPlane.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void output_goes_where_it_belongs_and_the_exit_code_comes_out() throws Exception {
    server.refuses("GET /api/v1/runs/12", 410, "gone", "that run is gone");

    Process process = startCli("runs", "get", "12");

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(13);
    assertThat(read("out")).isEmpty();
    assertThat(read("err")).isEqualTo("error: that run is gone\n");
  }

  @Test
  void text_is_utf_8_whatever_the_locale_is() throws Exception {
    server.answers("GET /api/v1/me", 200, "{\"team_slug\":\"grün-😀\"}");

    Process process = startCli("me");

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(read("out")).contains("team:    grün-😀");
  }

  @Test
  void signal_leaves_the_run_alone_and_says_how_to_return() throws Exception {
    var testEnds = new CountDownLatch(1);
    server.answers(
        "GET /api/v1/runs/12/events",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          String line = Sample.lineEvent(1, 1, "working");
          exchange.getResponseBody().write(line.getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          awaitQuietly(testEnds);
        });
    Process process = startCli("runs", "watch", "12");
    await().atMost(Duration.ofSeconds(30)).until(() -> read("out").equals("working\n"));

    process.destroy();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    testEnds.countDown();
    assertThat(process.exitValue()).isEqualTo(128 + 15);
    assertThat(read("err")).contains("run 12 goes on; return to it with");
    assertThat(server.calls()).containsExactly("GET /api/v1/runs/12/events");
  }

  @Test
  void reader_that_has_seen_enough_ends_the_program_quietly() throws Exception {
    var lines = new StringBuilder();
    for (int i = 1; i <= 200_000; i++) {
      lines.append(Sample.lineEvent(1, i, "line " + i));
    }
    server.streams("GET /api/v1/runs/12/events", lines + Sample.endEvent());
    Process process =
        prepare("runs", "logs", "12", "--follow")
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();

    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("line 1");
    }

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(141);
    assertThat(read("err")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "run --help", "me", "validate"})
  void runners_classes_are_loaded_by_local_runs_only(String line) throws Exception {
    ProcessBuilder builder = prepare(line.split(" "));
    builder.command().add(1, "-Xlog:class+load:file=" + folder.resolve("classes"));

    assertThat(builder.start().waitFor(30, TimeUnit.SECONDS)).isTrue();

    assertThat(read("classes"))
        .contains("dev.minitower.cli.CliMain")
        .doesNotContain("dev.minitower.runner", "dev.minitower.cli.local");
  }

  @Test
  void local_run_leaves_no_process_behind_even_when_this_program_is_killed() throws Exception {
    Files.writeString(
        folder.resolve("Towerfile"), "app = {name = \"endless\", script = \"e.sh\"}\n");
    Files.writeString(folder.resolve("e.sh"), "exec sleep 61.7531\n");
    Process process = startCli("run", "--local", "--dir", folder.toString());
    await().atMost(Duration.ofSeconds(30)).until(ProcessTest::isSleeping);

    process.destroyForcibly();

    await().atMost(Duration.ofSeconds(30)).until(() -> !isSleeping());
  }

  /** Looks for what only the local run's program is called like. */
  private static boolean isSleeping() {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").contains("sleep 61.7531"));
  }

  private Process startCli(String... args) throws IOException {
    return prepare(args).start();
  }

  private ProcessBuilder prepare(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.minitower.cli.CliMain");
    command.addAll(List.of(args));
    var builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("MINITOWER_SERVER_URL", server.url());
    builder.environment().put("MINITOWER_API_TOKEN", "mtk_secret");
    return builder;
  }

  private String read(String stream) throws IOException {
    return Files.readString(folder.resolve(stream));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException serverStopped) {
      Thread.currentThread().interrupt();
    }
  }
}
