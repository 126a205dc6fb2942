package dev.minitower.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestArtifact;
import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {
  @TempDir static Path dir;
  private static TestServer server;
  private static RunFixture fixture;

  @BeforeAll
  static void start() {
    server = TestServer.start(dir);
    fixture = new RunFixture(server);
  }

  @AfterEach
  void clear() {
    fixture.clear();
    fixture.asTeam("PATCH", "/apps/jobs").json("{\"disabled\":false}").send();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private TestAnswer create(String body) {
    return fixture.asTeam("POST", "/apps/jobs/runs").json(body).send();
  }

  private void deploy(String parameters) {
    byte[] artifact =
        new TestArtifact()
            .file("Towerfile", "[app]\nname = \"jobs\"\nscript = \"main.py\"\n" + parameters)
            .file("main.py", "print(1)\n")
            .bytes();
    assertThat(
            fixture
                .asTeam("POST", "/apps/jobs/versions")
                .file("artifact", artifact)
                .send()
                .status())
        .isEqualTo(201);
  }

  private static long newestVersion() {
    return fixture.asTeam("GET", "/apps/jobs").send().number("latest_version_no");
  }

  private static long totalRuns() {
    return fixture.asTeam("GET", "/runs/summary").send().number("total_runs");
  }

  @Test
  void an_empty_body_makes_a_run_of_the_newest_version_with_every_default() {
    deploy("");

    TestAnswer run = fixture.asTeam("POST", "/apps/jobs/runs").send();

    assertThat(run.status()).isEqualTo(201);
    assertThat(run.body())
        .matches(
            "\\{\"run_id\":\\d+,\"app_id\":\\d+,\"app_slug\":\"jobs\",\"run_no\":\\d+,"
                + "\"version_no\":\\d+,\"status\":\"queued\",\"priority\":0,\"max_retries\":0,"
                + "\"retry_count\":0,\"cancel_requested\":false,"
                + "\"queued_at\":\"2026-02-\\d\\dT\\d\\d:\\d\\d:\\d\\d.\\d{3}Z\","
                + "\"environment\":\"default\"}");
    assertThat(run.number("version_no")).isEqualTo(newestVersion());
  }

  @Test
  void input_is_converted_and_its_defaults_are_filled_in() {
    deploy(
        """
        [[parameters]]
        name = "N"
        type = "integer"
        [[parameters]]
        name = "WHO"
        default = "world"
        """);

    TestAnswer run = create("{\"input\":{\"N\":\"5\"}}");

    assertThat(run.json().get("input").toString()).isEqualTo("{\"N\":5,\"WHO\":\"world\"}");
  }

  @Test
  void input_of_a_wrong_type_is_refused_by_the_parameters_name() {
    deploy("[[parameters]]\nname = \"N\"\ntype = \"integer\"\n");

    long before = totalRuns();

    TestAnswer run = create("{\"input\":{\"N\":\"five\"}}");

    assertThat(run.status()).isEqualTo(400);
    assertThat(run.fieldsAtFault()).containsExactly("input.N");
    assertThat(totalRuns()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"max_retry\":1}|max_retry",
        "{\"priority\":1001}|priority",
        "{\"priority\":1.5}|priority",
        "{\"priority\":\"1\"}|priority",
        "{\"max_retries\":-1}|max_retries",
        "{\"max_retries\":101}|max_retries",
        "{\"version_no\":0}|version_no",
        "{\"input\":[]}|input",
        "{\"input\":\"x\"}|input"
      })
  void a_bad_field_is_refused_by_name_and_no_run_is_made(String body, String field) {
    long before = totalRuns();

    TestAnswer answer = create(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fieldsAtFault()).containsExactly(field);
    assertThat(totalRuns()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "7", "{\"priority\":1,\"priority\":2}", "{} {}"})
  void what_is_not_one_json_object_is_refused(String body) {
    assertThat(create(body).errorCode()).isEqualTo("invalid_request");
  }

  @Test
  void an_app_without_a_version_a_version_that_is_not_there_and_an_app_that_is_not_there_differ() {
    fixture.asTeam("POST", "/apps").json("{\"slug\":\"empty\"}").send();

    assertThat(fixture.asTeam("POST", "/apps/empty/runs").send().errorCode())
        .isEqualTo("no_version");
    assertThat(create("{\"version_no\":9}").errorCode()).isEqualTo("not_found");
    assertThat(fixture.asTeam("POST", "/apps/nope/runs").send().errorCode()).isEqualTo("not_found");
  }

  @Test
  void a_disabled_app_takes_no_new_runs_and_those_under_way_go_on() {
    Lease lease = fixture.leased();
    fixture.asTeam("PATCH", "/apps/jobs").json("{\"disabled\":true}").send();

    TestAnswer refused = create("{}");

    assertThat(refused.errorCode()).isEqualTo("app_disabled");
    assertThat(lease.start().status()).isEqualTo(200);
  }

  private TestAnswer createWithKey(String key, String body) {
    return fixture
        .asTeam("POST", "/apps/jobs/runs")
        .header("Idempotency-Key", key)
        .json(body)
        .send();
  }

  @Test
  void the_same_key_and_request_give_the_first_run_again() {
    TestAnswer first = createWithKey("k1", "{\"priority\":1,\"max_retries\":2}");

    TestAnswer again = createWithKey("k1", "{ \"max_retries\":2, \"priority\":1 }");

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.number("run_id")).isEqualTo(first.number("run_id"));
  }

  @Test
  void the_same_key_with_another_request_is_a_mismatch() {
    createWithKey("k2", "{\"priority\":1}");

    assertThat(createWithKey("k2", "{\"priority\":2}").errorCode())
        .isEqualTo("idempotency_mismatch");
  }

  @Test
  void a_key_counts_for_a_day() {
    TestAnswer first = createWithKey("k3", "{}");
    server.clock().advance(Duration.ofHours(24).plusMillis(1));

    TestAnswer later = createWithKey("k3", "{\"priority\":2}");

    assertThat(later.status()).isEqualTo(201);
    assertThat(later.number("run_id")).isNotEqualTo(first.number("run_id"));
    server.clock().advance(Duration.ofHours(25));
    assertThat(server.bean(RunService.class).forgetOldKeys()).isPositive();
    assertThat(server.bean(RunService.class).forgetOldKeys()).isZero();
  }

  @Test
  void a_key_that_is_too_long_is_refused() {
    assertThat(createWithKey("k4".repeat(256), "{}").status()).isEqualTo(400);
  }

  @Test
  void cancelling_a_queued_run_ends_it_at_once_and_again_changes_nothing() {
    long runId = fixture.queue("");

    TestAnswer cancelled = fixture.cancel(runId);

    assertThat(cancelled.text("status")).isEqualTo("cancelled");
    assertThat(cancelled.json().get("cancel_requested").asBoolean()).isTrue();
    server.clock().advance(Duration.ofSeconds(1));
    assertThat(fixture.cancel(runId).body()).isEqualTo(cancelled.body());
  }

  @Test
  void a_cancelled_run_tells_its_runner_and_ends_with_the_exit_code() {
    Lease lease = fixture.leased();
    lease.start();
    assertThat(fixture.cancel(lease.runId()).text("status")).isEqualTo("cancelling");

    assertThat(lease.result("completed").errorCode()).isEqualTo("conflict");
    lease.call("POST", "result").json("{\"status\":\"cancelled\",\"exit_code\":143}").send();

    TestAnswer run = fixture.run(lease.runId());
    assertThat(run.text("status")).isEqualTo("cancelled");
    assertThat(run.number("exit_code")).isEqualTo(143);
  }

  @Test
  void a_result_with_another_exit_code_is_another_outcome() {
    Lease lease = fixture.leased();
    String failed = "{\"status\":\"failed\",\"exit_code\":1,\"error_message\":\"boom\"}";
    lease.call("POST", "result").json(failed).send();

    assertThat(lease.call("POST", "result").json(failed).send().status()).isEqualTo(200);
    assertThat(lease.call("POST", "result").json(failed.replace("1", "2")).send().errorCode())
        .isEqualTo("conflict");
    assertThat(fixture.run(lease.runId()).text("error_message")).isEqualTo("boom");
  }

  @Test
  void a_run_of_another_team_is_not_there() {
    long runId = fixture.queue("");
    String stranger = server.newTeam("stranger").token();

    for (String path : List.of("", "/logs", "/logs/download", "/events")) {
      assertThat(server.get("/api/v1/runs/" + runId + path).token(stranger).send().errorCode())
          .isEqualTo("not_found");
    }
    assertThat(server.post("/api/v1/runs/" + runId + "/cancel").token(stranger).send().errorCode())
        .isEqualTo("not_found");
    assertThat(server.get("/api/v1/runs").token(stranger).send().body()).isEqualTo("{\"runs\":[]}");
    assertThat(fixture.status(runId)).isEqualTo("queued");
  }

  @Test
  void pages_of_a_list_are_stable_while_runs_are_added() {
    for (int i = 0; i < 25; i++) {
      fixture.queue("");
    }
    long newest = totalRuns();

    List<String> seen = new ArrayList<>();
    String query = "?limit=10";
    while (query != null) {
      TestAnswer page = fixture.asTeam("GET", "/runs" + query).send();
      seen.addAll(page.each("runs", "run_no"));
      fixture.queue("");
      String cursor = page.json().path("next_cursor").asString(null);
      query = cursor == null ? null : "?limit=10&cursor=" + cursor;
    }

    assertThat(seen)
        .isEqualTo(
            LongStream.iterate(newest, no -> no > 0, no -> no - 1)
                .mapToObj(String::valueOf)
                .toList());
  }

  @Test
  void a_list_shows_the_statuses_and_the_app_that_were_asked_for() {
    long before = totalRuns();
    long cancelled = fixture.queue("");
    fixture.cancel(cancelled);
    Lease running = fixture.leased();
    running.start();
    fixture.queue("");

    assertThat(
            fixture.asTeam("GET", "/runs?status=cancelled&limit=1").send().each("runs", "run_id"))
        .containsExactly(String.valueOf(cancelled));
    assertThat(
            fixture
                .asTeam("GET", "/runs?status=cancelled,running&app=jobs&limit=2")
                .send()
                .each("runs", "run_id"))
        .containsExactly(String.valueOf(running.runId()), String.valueOf(cancelled));
    assertThat(
            fixture.asTeam("GET", "/apps/jobs/runs?limit=1&offset=1").send().each("runs", "run_id"))
        .containsExactly(String.valueOf(running.runId()));
    assertThat(fixture.asTeam("GET", "/runs/summary").send().body())
        .isEqualTo(
            "{\"total_runs\":%d,\"active_runs\":1,\"queued_runs\":1,\"terminal_runs\":%d}"
                .formatted(before + 3, before + 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?status=done",
        "?status=",
        "?limit=0",
        "?limit=101",
        "?offset=-1",
        "?cursor=x",
        "?limit=x"
      })
  void a_bad_query_is_refused(String query) {
    assertThat(fixture.asTeam("GET", "/runs" + query).send().errorCode())
        .isEqualTo("invalid_request");
  }

  @Test
  void a_run_id_that_is_no_number_is_refused() {
    assertThat(fixture.asTeam("GET", "/runs/abc").send().status()).isEqualTo(400);
  }

  @Test
  void the_app_shows_its_newest_run() {
    fixture.queue("");
    long newest = fixture.queue("");

    TestAnswer app = fixture.asTeam("GET", "/apps/jobs").send();

    assertThat(app.json().at("/last_run/run_id").asLong()).isEqualTo(newest);
  }
}
