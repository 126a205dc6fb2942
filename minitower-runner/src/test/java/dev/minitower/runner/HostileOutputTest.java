package dev.minitower.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.api.LogStream;
import dev.minitower.model.api.Outcome;
import dev.minitower.model.api.ResultRequest;
import dev.minitower.model.lifecycle.ErrorClass;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output that was made to stop, block or grow the runner, from real programs. */
class HostileOutputTest {
  @TempDir Path dataDir;
  private ScriptedControlPlane server;
  private TestRunner runner;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedControlPlane(10);
    runner = TestRunner.start(server, dataDir, 1, Duration.ofMillis(300), Duration.ofMillis(200));
  }

  @AfterEach
  void stop() throws Exception {
    runner.stop();
    assertThat(runner.awaitEnd()).isNull();
    server.close();
  }

  @Test
  void line_of_ten_mebibytes_arrives_in_pieces_of_the_allowed_size() throws Exception {
    List<String> lines =
        linesOf("import sys; sys.stdout.write('x' * (10 << 20)); sys.stdout.write('\\nend')");

    assertThat(lines).hasSize(1281).endsWith("end");
    assertThat(lines.subList(0, 1280)).containsOnly("x".repeat(8192));
  }

  @Test
  void bytes_that_are_no_text_are_replaced_and_characters_written_in_parts_are_whole()
      throws Exception {
    String program =
        """
        import os, time
        os.write(1, b'\\xe2\\x82'); time.sleep(0.1); os.write(1, b'\\xac\\0\\xff\\r\\n')
        os.write(1, bytes(range(128, 256)))
        """;

    assertThat(linesOf(program)).containsExactly("€\0\uFFFD", "\uFFFD".repeat(128));
  }

  @Test
  void lines_of_both_streams_do_not_tear_each_other() throws Exception {
    String program =
        """
        import os
        for i in range(5000): os.write(1, b'out'); os.write(2, b'err'); os.write(1, b'\\n'); os.write(2, b'\\n')
        """;

    List<String> lines = linesOf(program);

    assertThat(lines).hasSize(10_000).containsOnly("out", "err");
    assertThat(lines).filteredOn("out"::equals).hasSize(5_000);
  }

  @Test
  void program_that_closes_its_outputs_is_followed_to_its_end() throws Exception {
    FakeRun run =
        server.queue("main.sh", "echo before; exec >&- 2>&-; sleep 0.3; echo lost; exit 3");

    awaitResult(
        run, new ResultRequest(Outcome.FAILED, 3, "exit: exited with code 3", ErrorClass.USER));
    assertThat(server.lines(run)).containsExactly("before");
  }

  @Test
  void process_that_writes_on_after_the_program_has_ended_holds_nothing_up() throws Exception {
    FakeRun run = server.queue("main.sh", "echo up; (setsid yes >&2 &); exit 0");

    awaitResult(run, new ResultRequest(Outcome.COMPLETED, 0, null, null));
    assertThat(server.see(() -> run.logs.values().stream().toList()))
        .filteredOn(line -> line.stream() == LogStream.STDOUT)
        .extracting(line -> line.line())
        .containsExactly("up");
  }

  private List<String> linesOf(String program) {
    FakeRun run = server.queue("main.py", program);
    awaitResult(run, new ResultRequest(Outcome.COMPLETED, 0, null, null));
    return server.lines(run);
  }

  private void awaitResult(FakeRun run, ResultRequest expected) {
    await().atMost(Duration.ofSeconds(60)).until(() -> !run.results.isEmpty());
    assertThat(run.results).containsExactly(expected);
  }
}
