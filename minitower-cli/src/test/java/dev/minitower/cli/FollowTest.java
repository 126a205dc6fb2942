package dev.minitower.cli;

import static dev.minitower.cli.Sample.attempts;
import static dev.minitower.cli.Sample.endEvent;
import static dev.minitower.cli.Sample.line;
import static dev.minitower.cli.Sample.lineEvent;
import static dev.minitower.cli.Sample.run;
import static dev.minitower.cli.Sample.runEvent;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FollowTest {
  private static final String EVENTS = "GET /api/v1/runs/12/events";
  private static final String RUN = "GET /api/v1/runs/12";

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
  void watch_shows_states_and_lines_and_ends_as_the_run_does() {
    server.streams(
        EVENTS,
        runEvent(run("queued"))
            + runEvent(run("running"))
            + lineEvent(1, 1, "hello")
            + "event: log\nid: 1.2\ndata: "
            + line(1, 2, "stderr", "careful")
            + "\n\n"
            + runEvent(
                run(
                    "completed",
                    0,
                    ",\"exit_code\":0,\"started_at\":\"2026-02-08T11:56:00.000Z\","
                        + "\"finished_at\":\"2026-02-08T11:56:01.500Z\""))
            + endEvent());

    TestCli.Result result = cli.run("runs", "watch", "12");

    assertThat(result)
        .isEqualTo(
            new TestCli.Result(
                0,
                "hello\n",
                "run 12 queued\nrun 12 running\ncareful\nrun 12 completed after 1.5 s\n"));
    assertThat(server.only(EVENTS).header("Accept")).isEqualTo("text/event-stream");
    assertThat(server.only(EVENTS).header("Last-Event-ID")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"completed,0", "failed,1", "dead,1", "cancelled,2"})
  void exit_code_is_the_runs(String status, int exitCode) {
    server.streams(EVENTS, runEvent(run(status)) + endEvent());

    assertThat(cli.run("runs", "watch", "12").exitCode()).isEqualTo(exitCode);
    assertThat(cli.run("runs", "logs", "12", "--follow").exitCode()).isEqualTo(exitCode);
  }

  @Test
  void create_with_follow_ends_as_the_run_does_and_keeps_the_output_clean() {
    server.answers("POST /api/v1/apps/hello/runs", 201, run("queued"));
    server.streams(
        EVENTS,
        lineEvent(1, 1, "hello")
            + runEvent(run("failed", 0, ",\"exit_code\":3,\"error_message\":\"boom\""))
            + endEvent());

    TestCli.Result result = cli.run("runs", "create", "hello", "--follow");

    assertThat(result)
        .isEqualTo(
            new TestCli.Result(
                1,
                "hello\n",
                "run 12 queued (hello version 2)\nrun 12 failed with exit code 3: boom\n"));
  }

  @Test
  void logs_with_follow_tell_the_end_and_no_other_state() {
    server.streams(
        EVENTS,
        runEvent(run("running"))
            + lineEvent(1, 1, "hello")
            + runEvent(run("completed"))
            + endEvent());

    TestCli.Result result = cli.run("runs", "logs", "12", "--follow");

    assertThat(result).isEqualTo(new TestCli.Result(0, "hello\n", "run 12 completed\n"));
  }

  @Test
  void broken_stream_is_taken_up_behind_the_last_line() {
    server
        .streamsAndBreaks(
            EVENTS, runEvent(run("running")) + lineEvent(1, 1, "one") + lineEvent(1, 2, "two"))
        .streams(EVENTS, lineEvent(1, 3, "three"))
        .streams(EVENTS, lineEvent(2, 1, "four") + runEvent(run("completed")) + endEvent());

    TestCli.Result result = cli.run("runs", "logs", "12", "--follow");

    assertThat(result.out()).isEqualTo("one\ntwo\nthree\nfour\n");
    assertThat(resumedFrom()).containsExactly("", "1.2", "1.3");
  }

  @Test
  void half_an_event_is_not_taken_for_a_whole_one() {
    String event = lineEvent(1, 2, "two");
    server
        .streamsAndBreaks(EVENTS, lineEvent(1, 1, "one") + event.substring(0, event.length() - 1))
        .streams(EVENTS, event + runEvent(run("completed")) + endEvent());

    TestCli.Result result = cli.run("runs", "logs", "12", "--follow");

    assertThat(result.out()).isEqualTo("one\ntwo\n");
    assertThat(resumedFrom()).containsExactly("", "1.1");
  }

  @Test
  void lines_that_come_again_are_not_shown_again() {
    server
        .streamsAndBreaks(EVENTS, lineEvent(1, 1, "one") + lineEvent(1, 2, "two"))
        .streams(
            EVENTS,
            lineEvent(1, 1, "one")
                + lineEvent(1, 2, "two")
                + lineEvent(1, 3, "three")
                + runEvent(run("completed"))
                + endEvent());

    assertThat(cli.run("runs", "logs", "12", "--follow").out()).isEqualTo("one\ntwo\nthree\n");
  }

  /** The JDK's client repeats a GET once by itself when the connection gives no answer. */
  @Test
  void server_that_is_away_for_a_while_is_waited_for() {
    server
        .streamsAndBreaks(EVENTS, lineEvent(1, 1, "one"))
        .refuses(EVENTS, 503, "unavailable", "shutting down")
        .answers(EVENTS, HttpExchange::close)
        .answers(EVENTS, HttpExchange::close)
        .streams(EVENTS, lineEvent(1, 2, "two") + runEvent(run("completed")) + endEvent());

    TestCli.Result result = cli.run("runs", "logs", "12", "--follow");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("one\ntwo\n");
    assertThat(result.err())
        .isEqualTo(
            """
            shutting down (try again in a moment); trying again
            connected again
            run 12 completed
            """);
    assertThat(cli.pauses()).isSorted().hasSize(3);
  }

  @Test
  void server_that_stays_away_is_given_up_after_five_minutes() {
    server
        .streamsAndBreaks(EVENTS, lineEvent(1, 1, "one"))
        .refuses(EVENTS, 503, "unavailable", "shutting down");

    TestCli.Result result = cli.run("runs", "watch", "12");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).endsWith("error: shutting down (try again in a moment)\n");
    assertThat(cli.pauses().stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
  }

  @Test
  void token_that_is_revoked_while_following_ends_it() {
    server
        .streamsAndBreaks(EVENTS, lineEvent(1, 1, "one"))
        .refuses(EVENTS, 401, "unauthorized", "the token is not valid");

    assertThat(cli.run("runs", "watch", "12").exitCode()).isEqualTo(10);
  }

  @Test
  void run_that_is_not_there_gives_11() {
    assertThat(cli.run("runs", "watch", "12").exitCode()).isEqualTo(11);
    assertThat(cli.run("runs", "logs", "12", "--follow").exitCode()).isEqualTo(11);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 406, 501})
  void without_a_stream_the_run_is_asked_for_again_and_again(int status) {
    server.refuses(EVENTS, status, "not_found", "no such path");
    pollingScript();

    TestCli.Result result = cli.run("runs", "watch", "12");

    assertPolled(result);
  }

  @Test
  void page_where_a_stream_should_be_means_no_stream() {
    server.answers(
        EVENTS,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          ScriptedControlPlane.send(exchange, 200, "<html>the console</html>");
        });
    pollingScript();

    assertPolled(cli.run("runs", "watch", "12"));
  }

  @Test
  void streams_that_stay_mute_mean_no_stream() {
    server.streams(EVENTS, ": a comment and no event\n\n");
    pollingScript();

    TestCli.Result result = cli.run("runs", "watch", "12");

    assertPolled(result);
    assertThat(server.calls().stream().filter(EVENTS::equals)).hasSize(3);
  }

  @Test
  void polling_goes_on_where_the_stream_ended() {
    server
        .streamsAndBreaks(EVENTS, lineEvent(1, 1, "one") + lineEvent(1, 2, "two"))
        .refuses(EVENTS, 404, "not_found", "no such path")
        .answers(RUN, 200, run("completed", 0, attempts(1)))
        .answers(
            "GET /api/v1/runs/12/logs?after_seq=2&attempt=1",
            200,
            RunsCommandsTest.page(0, line(1, 3, "stdout", "three")));

    TestCli.Result result = cli.run("runs", "logs", "12", "--follow");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void polling_outlives_a_server_that_is_away() {
    server
        .refuses(EVENTS, 404, "not_found", "no such path")
        .answers(RUN, 200, run("running", 0, attempts(1)))
        .refuses(RUN, 503, "unavailable", "shutting down")
        .answers(RUN, 200, run("completed", 0, attempts(1)))
        .answers("GET /api/v1/runs/12/logs", 200, "{\"logs\":[]}");

    TestCli.Result result = cli.run("runs", "watch", "12");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("shutting down", "connected again", "run 12 completed");
  }

  @Test
  void server_without_attempts_is_polled_by_line_number_alone() {
    String oldLine = "{\"seq\":%d,\"stream\":\"stdout\",\"line\":\"%s\",\"logged_at\":\"x\"}";
    server
        .refuses(EVENTS, 404, "not_found", "no such path")
        .answers(RUN, 200, run("running"))
        .answers(RUN, 200, run("completed"))
        .answers(
            "GET /api/v1/runs/12/logs?after_seq=0",
            200,
            RunsCommandsTest.page(0, oldLine.formatted(1, "one"), oldLine.formatted(2, "two")))
        .answers(
            "GET /api/v1/runs/12/logs?after_seq=2",
            200,
            RunsCommandsTest.page(0, oldLine.formatted(3, "three")));

    assertThat(cli.run("runs", "logs", "12", "--follow").out()).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void retry_of_a_run_is_told_and_events_of_a_newer_server_are_passed_over() {
    server.streams(
        EVENTS,
        runEvent(run("running"))
            + "event: weather\ndata: not json\n\n"
            + runEvent(run("queued", 1, ""))
            + runEvent(run("hibernating", 1, ""))
            + runEvent(run("dead", 1, ""))
            + endEvent());

    TestCli.Result result = cli.run("runs", "watch", "12");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            """
            run 12 running
            run 12 queued (retry 1 of 1)
            run 12 hibernating (retry 1 of 1)
            run 12 dead
            """);
  }

  @Test
  void end_without_a_terminal_state_is_not_believed() {
    server
        .streams(EVENTS, runEvent(run("running")) + endEvent())
        .answers(RUN, 200, run("cancelled", 0, attempts(1)))
        .answers("GET /api/v1/runs/12/logs", 200, "{\"logs\":[]}");

    assertThat(cli.run("runs", "watch", "12").exitCode()).isEqualTo(2);
  }

  @Test
  void stream_of_nonsense_is_told() {
    server.streams(EVENTS, "event: log\ndata: {\"seq\":\n\n");

    TestCli.Result result = cli.run("runs", "watch", "12");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("isn't JSON").hasLineCount(1);
  }

  @Test
  void stream_may_end_its_lines_as_it_likes_and_split_its_data() {
    server.streams(
        EVENTS,
        "event:log\r\nid:1.1\r\ndata: {\"seq\":1,\"attempt_no\":1,\r\ndata: \"stream\":\"stdout\","
            + "\"line\":\"split\"}\r\n\r\n"
            + runEvent(run("completed"))
            + endEvent());

    assertThat(cli.run("runs", "logs", "12", "--follow").out()).isEqualTo("split\n");
  }

  @Test
  void json_of_a_followed_run_is_the_servers_objects_one_a_line() {
    String running = run("running");
    String hello = line(1, 1, "stdout", "hello");
    String completed = run("completed");
    server.streams(
        EVENTS, runEvent(running) + lineEvent(1, 1, "hello") + runEvent(completed) + endEvent());

    assertThat(cli.run("runs", "watch", "12", "--json"))
        .isEqualTo(new TestCli.Result(0, running + "\n" + hello + "\n" + completed + "\n", ""));
    assertThat(cli.run("runs", "logs", "12", "--follow", "--json").out()).isEqualTo(hello + "\n");
  }

  @Test
  void lines_are_escaped_on_a_terminal_and_raw_in_a_pipe() {
    server.streams(
        EVENTS,
        lineEvent(1, 1, "\\u001b[31mred\\u001b[0m") + runEvent(run("completed")) + endEvent());

    assertThat(cli.run("runs", "logs", "12", "--follow").out())
        .isEqualTo("\u001b[31mred\u001b[0m\n");
    assertThat(cli.onTerminal().run("runs", "logs", "12", "--follow").out())
        .isEqualTo("\\u001b[31mred\\u001b[0m\n");
  }

  @Test
  void on_a_terminal_the_state_stands_below_the_lines_until_the_end() {
    server.streams(
        "GET /api/v1/runs/12/events",
        Sample.runEvent(Sample.run("queued"))
            + Sample.runEvent(Sample.run("running", 1, Sample.attempts(1)))
            + Sample.lineEvent(1, 1, "working")
            + Sample.runEvent(Sample.run("completed"))
            + Sample.endEvent());

    TestCli.Result result = cli.onTerminal().with("NO_COLOR", "1").run("runs", "watch", "12");

    assertThat(result.out()).isEqualTo("working\n");
    assertThat(result.err())
        .isEqualTo(
            "run 12 queued"
                + "\r\u001b[Krun 12 running on r1 (retry 1 of 1)"
                + "\r\u001b[Krun 12 running on r1 (retry 1 of 1)"
                + "\r\u001b[Krun 12 completed\n");
  }

  @Test
  void last_word_at_an_interrupt_says_how_to_return_and_is_taken_back_at_the_end() {
    List<Runnable> lastWords = new ArrayList<>();
    List<Runnable> ended = new ArrayList<>();
    cli.interrupts(
        lastWord -> {
          lastWords.add(lastWord);
          return () -> ended.add(lastWord);
        });
    server.answers(
        EVENTS,
        exchange -> {
          assertThat(ended).isEmpty();
          lastWords.forEach(Runnable::run);
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          ScriptedControlPlane.send(exchange, 200, runEvent(run("completed")) + endEvent());
        });

    TestCli.Result result = cli.run("runs", "watch", "12");

    assertThat(result.err())
        .startsWith(
            "run 12 goes on; return to it with 'minitower-cli runs watch 12', cancel it with"
                + " 'minitower-cli runs cancel 12'\n");
    assertThat(ended).isEqualTo(lastWords);
    assertThat(server.calls()).containsExactly(EVENTS);
  }

  private void pollingScript() {
    server
        .answers(RUN, 200, run("queued"))
        .answers(RUN, 200, run("running", 0, attempts(1)))
        .answers(RUN, 200, run("running", 1, attempts(1, 2)))
        .answers(RUN, 200, run("completed", 1, attempts(1, 2)))
        .answers("GET /api/v1/runs/12/logs?after_seq=0", 200, "{\"logs\":[]}")
        .answers(
            "GET /api/v1/runs/12/logs?after_seq=0&attempt=1",
            200,
            RunsCommandsTest.page(1, line(1, 1, "stdout", "one")))
        .answers(
            "GET /api/v1/runs/12/logs?after_seq=1&attempt=1",
            200,
            RunsCommandsTest.page(0, line(1, 2, "stdout", "two")))
        .answers(
            "GET /api/v1/runs/12/logs?after_seq=2&attempt=1",
            200,
            RunsCommandsTest.page(0, line(1, 3, "stdout", "late of one")))
        .answers(
            "GET /api/v1/runs/12/logs?after_seq=0&attempt=2",
            200,
            RunsCommandsTest.page(0, line(2, 1, "stdout", "again")))
        .answers(
            "GET /api/v1/runs/12/logs?after_seq=1&attempt=2",
            200,
            RunsCommandsTest.page(0, line(2, 2, "stdout", "done")));
  }

  private static void assertPolled(TestCli.Result result) {
    assertThat(result)
        .isEqualTo(
            new TestCli.Result(
                0,
                "one\ntwo\nlate of one\nagain\ndone\n",
                """
                run 12 queued
                run 12 running
                run 12 running (retry 1 of 1)
                run 12 completed
                """));
  }

  private List<String> resumedFrom() {
    return server.requests().stream().map(request -> request.header("Last-Event-ID")).toList();
  }
}
