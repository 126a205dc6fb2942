package dev.minitower.cli;

import static dev.minitower.cli.RunsCommandsTest.page;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two attempts, written at 11:57 and 11:58; it is noon. */
class LogsTest {
  private static final String LOGS = "GET /api/v1/runs/12/logs?after_seq=0&attempt=";

  @TempDir Path home;

  private ScriptedControlPlane server;
  private TestCli cli;

  @BeforeEach
  void start() {
    server = ScriptedControlPlane.start();
    server
        .answers("GET /api/v1/runs/12", 200, Sample.run("running", 1, Sample.attempts(1, 2)))
        .answers(
            LOGS + 1,
            200,
            page(
                0,
                Sample.line(1, 1, "stdout", "first step"),
                Sample.line(1, 2, "stderr", "ERROR: no disk")))
        .answers(
            LOGS + 2,
            200,
            page(
                0,
                Sample.line(2, 1, "stdout", "first step"),
                Sample.line(2, 2, "stderr", "WARN: slow disk"),
                Sample.line(2, 3, "stdout", "done").replace("11:57", "11:58")));
    cli = new TestCli(home).at(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "--stream stdout, 'first step,first step,done', ''",
    "--stream=stderr, '', 'ERROR: no disk,WARN: slow disk'",
    "--grep ERROR|WARN, '', 'ERROR: no disk,WARN: slow disk'",
    "--grep ^d.ne$, done, ''",
    "--attempt 2 --stream stdout, 'first step,done', ''",
    "--tail 2, done, WARN: slow disk",
    "-n 1 --stream stderr, '', WARN: slow disk",
    "--tail 0, '', ''",
    "--since 2026-02-08T11:58:00Z, done, ''",
    "--since 2026-02-08T12:58:00+01:00, done, ''",
    "--since 2m, done, ''",
    "--since 1d --grep disk --tail 1, '', WARN: slow disk",
    "--since 1h, 'first step,first step,done', 'ERROR: no disk,WARN: slow disk'"
  })
  void lines_are_chosen(String options, String out, String err) {
    TestCli.Result result = cli.run(("runs logs 12 " + options).split(" "));

    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines().toList()).isEqualTo(split(out));
    assertThat(result.err().lines().toList()).isEqualTo(split(err));
  }

  @Test
  void attempt_alone_reads_that_attempt_only() {
    TestCli.Result result = cli.run("runs", "logs", "12", "--attempt", "1");

    assertThat(result.out()).isEqualTo("first step\n");
    assertThat(server.calls()).containsExactly(LOGS + 1);
  }

  @Test
  void json_of_chosen_lines_is_a_page_of_them() {
    TestCli.Result result = cli.run("runs", "logs", "12", "--tail", "1", "--json");

    assertThat(result.out())
        .isEqualTo(
            "{\"logs\":[" + Sample.line(2, 3, "stdout", "done").replace("11:57", "11:58") + "]}\n");
  }

  @Test
  void tail_and_follow_begin_with_the_last_lines_and_go_on_after_them() {
    server.streams(
        "GET /api/v1/runs/12/events",
        Sample.lineEvent(2, 3, "done")
            + Sample.lineEvent(2, 4, "noise")
            + Sample.lineEvent(2, 5, "one step more")
            + Sample.runEvent(Sample.run("failed"))
            + Sample.endEvent());

    TestCli.Result result =
        cli.run("runs", "logs", "12", "--tail", "1", "-f", "--grep", "step|done");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("done\none step more\n");
    assertThat(server.only("GET /api/v1/runs/12/events").header("Last-Event-ID")).isEqualTo("2.3");
  }

  @Test
  void follow_without_tail_begins_with_the_first_line() {
    server.streams(
        "GET /api/v1/runs/12/events",
        Sample.lineEvent(1, 1, "first")
            + Sample.lineEvent(2, 1, "second")
            + Sample.runEvent(Sample.run("completed"))
            + Sample.endEvent());

    assertThat(cli.run("runs", "logs", "12", "--follow", "--attempt=2").out())
        .isEqualTo("second\n");
  }

  private static List<String> split(String lines) {
    return lines.isEmpty() ? List.of() : List.of(lines.split(","));
  }
}
