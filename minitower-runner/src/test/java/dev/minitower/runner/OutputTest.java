package dev.minitower.runner;

import static dev.minitower.runner.Stage.PROMISE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.api.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line that a program prints arrives, and none of it holds up the end. */
class OutputTest {
  private static final int MAX_LINE_BYTES = 8 * 1024;

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
  void line_of_ten_mebibytes_arrives_in_parts() {
    int length = 10 * 1024 * 1024;

    FakeRun run = completed("print('ä' * %d, end='')".formatted(length / 2));

    List<String> parts = stage.server.lines(run);
    assertThat(parts)
        .allMatch(part -> part.getBytes(StandardCharsets.UTF_8).length <= MAX_LINE_BYTES);
    assertThat(parts).hasSize(length / MAX_LINE_BYTES);
    assertThat(String.join("", parts)).isEqualTo("ä".repeat(length / 2));
  }

  @Test
  void bytes_that_are_no_text_are_replaced_and_the_rest_arrives() {
    FakeRun run = completed("os.write(1, b'before \\xff\\xfe after\\n\\xc3\\nnul \\x00 end\\n')");

    assertThat(stage.server.lines(run))
        .containsExactly("before \uFFFD\uFFFD after", "\uFFFD", "nul \u0000 end");
  }

  @Test
  void character_that_is_written_in_parts_is_whole() {
    FakeRun run =
        completed("os.write(1, b'\\xe2\\x82')\ntime.sleep(0.1)\nos.write(1, b'\\xac\\n')");

    assertThat(stage.server.lines(run)).containsExactly("€");
  }

  @Test
  void lines_of_both_streams_do_not_tear_each_other() {
    FakeRun run =
        completed(
            """
            for i in range(5000):
                os.write(1, b'out'); os.write(2, b'err'); os.write(1, b'\\n'); os.write(2, b'\\n')
            """);

    assertThat(stage.server.lines(run)).hasSize(10_000).containsOnly("out", "err");
    assertThat(stage.server.lines(run)).filteredOn("out"::equals).hasSize(5_000);
  }

  @Test
  void last_line_needs_no_end() {
    FakeRun run = completed("print('whole')\nprint('begun', end='')");

    assertThat(stage.server.lines(run)).containsExactly("whole", "begun");
  }

  @Test
  void program_that_closes_its_output_runs_on_to_its_end() {
    FakeRun run = completed("print('last')\nos.close(1)\nos.close(2)\ntime.sleep(1)");

    assertThat(stage.server.lines(run)).containsExactly("last");
    var life = stage.witness.lives(run).get(0);
    assertThat(life.toNanos() - life.fromNanos()).isGreaterThan(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void child_that_holds_the_output_open_goes_with_its_program() {
    FakeRun run =
        completed(
            """
            ours, theirs = os.pipe()
            if os.fork() == 0:
                spare_term()
                hold('child')
                os.write(theirs, b'.')
                while True:
                    os.write(1, b'still here\\n')
                    time.sleep(0.01)
            os.read(ours, 1)
            print('over')
            """);

    assertThat(stage.server.lines(run)).contains("over");
    long told = stage.server.tenures(run.id).get(0).toldNanos;
    assertThat(Duration.ofNanos(told - stage.goneNanos(run))).isLessThan(PROMISE);
  }

  private static FakeRun completed(String program) {
    FakeRun run = stage.queue("hold('main')\n" + program);
    await().atMost(Duration.ofMinutes(2)).until(() -> !run.results.isEmpty());
    assertThat(run.results).extracting(r -> r.status()).containsExactly(Outcome.COMPLETED);
    return run;
  }
}
