package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsCommandsTest {
  private static final String CREATE = "POST /api/v1/apps/hello/runs";

  @TempDir Path home;

  private ScriptedControlPlane server;
  private TestCli cli;

  @BeforeEach
  void start() {
    server = ScriptedControlPlane.start();
    cli = new TestCli(home).at(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void create_sends_parameters_as_typed_and_says_how_to_follow() {
    server.answers(CREATE, 201, Sample.run("queued"));

    TestCli.Result result =
        cli.run("runs", "create", "hello", "-p", "name=Ada=Eva", "-p", "count=007", "-p", "empty=");

    assertThat(result)
        .isEqualTo(
            new TestCli.Result(
                0,
                "run 12 queued (hello version 2)\n",
                "follow it with: minitower-cli runs watch 12\n"));
    assertThat(server.only(CREATE).text())
        .isEqualTo("{\"input\":{\"name\":\"Ada=Eva\",\"count\":\"007\",\"empty\":\"\"}}");
    assertThat(server.only(CREATE).header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void create_sends_only_what_was_asked_for() {
    server.answers(CREATE, 201, Sample.run("queued"));

    var unused = cli.run("runs", "create", "hello");

    assertThat(server.only(CREATE).text()).isEqualTo("{}");
  }

  @Test
  void create_passes_version_priority_and_retries() {
    server.answers(CREATE, 201, Sample.run("queued"));

    var unused =
        cli.run("runs", "create", "hello", "--version", "3", "--priority=-5", "--max-retries", "2");

    assertThat(server.only(CREATE).text())
        .isEqualTo("{\"version_no\":3,\"priority\":-5,\"max_retries\":2}");
  }

  @Test
  void each_create_has_a_key_of_its_own() {
    server.answers(CREATE, 201, Sample.run("queued"));

    var first = cli.run("runs", "create", "hello");
    var second = cli.run("runs", "create", "hello");

    assertThat(first).isEqualTo(second);
    assertThat(server.requests().stream().map(request -> request.header("Idempotency-Key")))
        .doesNotHaveDuplicates()
        .doesNotContain("");
  }

  @Test
  void input_keeps_its_types_and_all_its_digits_and_parameters_beat_it() {
    server.answers(CREATE, 201, Sample.run("queued"));

    var unused =
        cli.run(
            "runs",
            "create",
            "hello",
            "--input",
            "{\"big\":123456789012345678901234567890,\"exact\":1.10,\"flag\":true,\"name\":\"x\"}",
            "-p",
            "name=Ada");

    assertThat(server.only(CREATE).text())
        .isEqualTo(
            "{\"input\":{\"big\":123456789012345678901234567890,\"exact\":1.10,\"flag\":true,"
                + "\"name\":\"Ada\"}}");
  }

  @Test
  void input_comes_from_a_file_or_from_standard_input() throws IOException {
    server.answers(CREATE, 201, Sample.run("queued"));
    Path file = Files.writeString(home.resolve("input.json"), "{\"from\":\"file\"}\n");

    var ofFile = cli.run("runs", "create", "hello", "--input", "@" + file);
    var ofStdin = cli.stdin("{\"from\":\"pipe\"}").run("runs", "create", "hello", "--input", "@-");

    assertThat(ofFile.exitCode() + ofStdin.exitCode()).isZero();
    assertThat(server.requests().stream().map(ScriptedControlPlane.Request::text))
        .containsExactly("{\"input\":{\"from\":\"file\"}}", "{\"input\":{\"from\":\"pipe\"}}");
  }

  @Test
  void input_with_something_behind_it_is_refused() {
    TestCli.Result result = cli.run("runs", "create", "hello", "--input", "{} {}");

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void name_of_an_app_cannot_leave_its_place_in_the_path() {
    var result = cli.run("runs", "create", "../admin/x y?a=b");

    assertThat(result.exitCode()).isEqualTo(11);
    assertThat(server.calls()).containsExactly("POST /api/v1/apps/..%2Fadmin%2Fx%20y%3Fa%3Db/runs");
  }

  @Test
  void list_shows_a_table_with_times_from_now() {
    server.answers(
        "GET /api/v1/runs",
        200,
        "{\"runs\":["
            + Sample.run("running")
            + ","
            + Sample.run(
                "failed",
                1,
                ",\"started_at\":\"2026-02-08T11:55:01.000Z\","
                    + "\"finished_at\":\"2026-02-08T11:55:04.250Z\"")
            + "],\"next_cursor\":\"abc\"}");

    TestCli.Result result = cli.run("runs", "list");

    assertThat(result.out())
        .isEqualTo(
            """
            RUN  APP    NO  VERSION  STATUS   QUEUED     TOOK
            12   hello  #4  2        running  5 min ago  -
            12   hello  #4  2        failed   5 min ago  3.3 s
            """);
    assertThat(result.err()).isEqualTo("there is more: repeat the command with --cursor abc\n");
  }

  @Test
  void list_passes_its_filters() {
    server.answers("GET /api/v1/runs", 200, "{\"runs\":[]}");

    TestCli.Result result =
        cli.run(
            "runs",
            "list",
            "--app",
            "hello",
            "--status",
            "failed,dead",
            "--limit",
            "5",
            "--cursor",
            "a/b");

    assertThat(server.calls())
        .containsExactly("GET /api/v1/runs?app=hello&status=failed%2Cdead&limit=5&cursor=a%2Fb");
    assertThat(result).isEqualTo(new TestCli.Result(0, "", "no runs\n"));
  }

  @Test
  void json_is_the_servers_own_text() {
    String json = "{\"runs\": [ {\"run_id\":12, \"new_field\":1.10} ],\n \"next_cursor\":\"a\"}";
    server.answers("GET /api/v1/runs", 200, json);

    TestCli.Result result = cli.run("runs", "list", "--json");

    assertThat(result).isEqualTo(new TestCli.Result(0, json + "\n", ""));
  }

  @Test
  void get_shows_the_run_and_its_attempts() {
    server.answers(
        "GET /api/v1/runs/12",
        200,
        Sample.run(
            "failed",
            1,
            ",\"input\":{\"name\":\"Ada\"},\"exit_code\":3,\"error_message\":\"boom\","
                + "\"error_class\":\"user\","
                + "\"attempts\":[{\"attempt_id\":1,\"attempt_no\":1,\"status\":\"expired\","
                + "\"runner_name\":\"r1\",\"error_class\":\"infrastructure\",\"leased_at\":\"2026-02-08T11:56:00.000Z\"},"
                + "{\"attempt_id\":2,\"attempt_no\":2,\"status\":\"failed\",\"runner_name\":\"r2\","
                + "\"leased_at\":\"2026-02-08T11:58:00.000Z\",\"exit_code\":3}]"));

    TestCli.Result result = cli.run("runs", "get", "12");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            run:         12
            app:         hello #4
            version:     2
            status:      failed
            exit code:   3
            error:       boom
            error class: user
            input:       {"name":"Ada"}
            environment: default
            priority:    0
            retries:     1 of 1
            queued:      5 min ago
            ATTEMPT  STATUS   RUNNER  LEASED     TOOK  EXIT  CLASS           ERROR
            1        expired  r1      4 min ago  -     -     infrastructure  -
            2        failed   r2      2 min ago  -     3     -               -
            """);
  }

  @Test
  void cancel_says_what_became_of_the_run() {
    server
        .answers("POST /api/v1/runs/12/cancel", 200, Sample.run("cancelling"))
        .answers("POST /api/v1/runs/12/cancel", 200, Sample.run("cancelled"))
        .answers("POST /api/v1/runs/12/cancel", 200, Sample.run("completed"));

    assertThat(cli.run("runs", "cancel", "12").out())
        .isEqualTo("run 12 is being cancelled by its runner\n");
    assertThat(cli.run("runs", "cancel", "12").out()).isEqualTo("run 12 is cancelled\n");
    assertThat(cli.run("runs", "cancel", "12").out())
        .isEqualTo("run 12 had ended before: completed\n");
  }

  @Test
  void retry_asks_for_the_same_again() {
    server.answers(
        "GET /api/v1/runs/12",
        200,
        Sample.run("failed", 1, ",\"input\":{\"name\":\"Ada\",\"exact\":1.10}"));
    server.answers(CREATE, 201, Sample.run("queued"));

    TestCli.Result result = cli.run("runs", "retry", "12");

    assertThat(result.exitCode()).isZero();
    assertThat(server.only(CREATE).text())
        .isEqualTo(
            "{\"input\":{\"name\":\"Ada\",\"exact\":1.10},\"version_no\":2,\"priority\":0,"
                + "\"max_retries\":1}");
  }

  @Test
  void logs_of_all_attempts_are_printed_in_order_page_by_page() {
    server
        .answers("GET /api/v1/runs/12", 200, Sample.run("running", 1, Sample.attempts(1, 2)))
        .answers(
            "GET /api/v1/runs/12/logs?after_seq=0&attempt=1",
            200,
            page(2, Sample.line(1, 1, "stdout", "one"), Sample.line(1, 2, "stderr", "two")))
        .answers(
            "GET /api/v1/runs/12/logs?after_seq=2&attempt=1",
            200,
            page(0, Sample.line(1, 3, "stdout", "three")))
        .answers(
            "GET /api/v1/runs/12/logs?after_seq=0&attempt=2",
            200,
            page(0, Sample.line(2, 1, "stdout", "again")));

    TestCli.Result result = cli.run("runs", "logs", "12");

    assertThat(result).isEqualTo(new TestCli.Result(0, "one\nthree\nagain\n", "two\n"));
  }

  @Test
  void json_of_logs_is_a_line_for_each_page() {
    String page = page(0, Sample.line(1, 1, "stdout", "one"));
    server
        .answers("GET /api/v1/runs/12", 200, Sample.run("running", 0, Sample.attempts(1)))
        .answers("GET /api/v1/runs/12/logs?after_seq=0&attempt=1", 200, page);

    assertThat(cli.run("runs", "logs", "12", "--json").out()).isEqualTo(page + "\n");
  }

  @Test
  void server_that_pages_in_circles_does_not_hold_the_program() {
    server
        .answers("GET /api/v1/runs/12", 200, Sample.run("running", 0, Sample.attempts(1)))
        .answers("GET /api/v1/runs/12/logs", 200, page(1, Sample.line(1, 1, "stdout", "one")));

    assertThat(cli.run("runs", "logs", "12").out()).isEqualTo("one\none\n");
  }

  static String page(int next, String... lines) {
    String more = next == 0 ? "" : ",\"next_after_seq\":" + next;
    return "{\"logs\":[" + String.join(",", lines) + "]" + more + "}";
  }
}
