package dev.minitower.server.runners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.model.api.ErrorCode;
import dev.minitower.model.api.RunnerState;
import dev.minitower.model.api.RunnerStateRequest;
import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestRequest;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import dev.minitower.server.events.Change;
import dev.minitower.server.events.ChangeFeed;
import dev.minitower.server.platform.auth.RunnerPrincipal;
import dev.minitower.server.platform.web.ApiException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What a runner says it is doing. */
@Timeout(60)
class RunnerStateTest {
  @TempDir Path folder;
  private TestServer server;
  private TestTeam team;
  private String runner;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
    team = server.bootstrapTeam("acme");
    runner = server.newRunner("box");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TestRequest asAdmin(String path) {
    return server.get(path).token(team.token());
  }

  private TestAnswer say(String body) {
    return server.post("/api/v1/runners/state").token(runner).json(body).send();
  }

  private JsonNode shown() {
    return asAdmin("/api/v1/admin/runners").send().json().at("/runners/0");
  }

  /** When the newest commit was made. */
  private long newestCommit() {
    return server
        .bean(JdbcClient.class)
        .sql("SELECT newest_at FROM server_clock")
        .query(Long.class)
        .single();
  }

  @Test
  void a_runner_works_until_it_says_otherwise() {
    JsonNode shown = shown();

    assertThat(shown.required("state").asString()).isEqualTo("working");
    assertThat(shown.has("state_reason")).isFalse();
    assertThat(shown.has("isolation")).isFalse();
  }

  @Test
  void what_it_says_is_shown_to_admins_until_it_says_something_else() {
    TestAnswer paused = say("{\"state\":\"paused\",\"reason\":\"12 MiB free in /data\"}");

    assertThat(paused.status()).isEqualTo(200);
    assertThat(paused.body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(shown().required("state").asString()).isEqualTo("paused");
    assertThat(shown().required("state_reason").asString()).isEqualTo("12 MiB free in /data");

    say("{\"state\":\"draining\"}");

    assertThat(shown().required("state").asString()).isEqualTo("draining");
    assertThat(shown().has("state_reason")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | state",
        "{\"reason\":\"x\"} | state",
        "{\"state\":null} | state",
        "{\"state\":\"idle\"} | state",
        "{\"state\":\"PAUSED\"} | state",
        "{\"state\":\"paused\",\"reason\":5} | reason"
      })
  void a_bad_field_is_refused_by_name_and_changes_nothing(String body, String field) {
    TestAnswer answer = say(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fieldsAtFault()).containsExactly(field);
    assertThat(shown().required("state").asString()).isEqualTo("working");
  }

  @Test
  void a_reason_has_at_most_500_characters_of_any_kind() {
    String body = "{\"state\":\"paused\",\"reason\":\"%s\"}";

    assertThat(say(body.formatted("\\n☂".repeat(250))).status()).isEqualTo(200);
    assertThat(say(body.formatted("x".repeat(501))).fieldsAtFault()).containsExactly("reason");
  }

  @Test
  void a_newer_runner_may_say_more() {
    assertThat(say("{\"state\":\"draining\",\"until\":\"noon\"}").status()).isEqualTo(200);
  }

  @Test
  void to_say_it_again_is_not_written() {
    String paused = "{\"state\":\"paused\",\"reason\":\"no disk\"}";
    server.clock().advance(Duration.ofSeconds(1));
    say(paused);
    long said = server.clock().millis();
    assertThat(newestCommit()).isEqualTo(said);

    server.clock().advance(Duration.ofSeconds(1));
    assertThat(say(paused).status()).isEqualTo(200);
    assertThat(newestCommit()).isEqualTo(said);

    say("{\"state\":\"paused\",\"reason\":\"still no disk\"}");
    assertThat(newestCommit()).isEqualTo(server.clock().millis());
  }

  @Test
  void to_say_something_counts_as_being_heard() {
    server.clock().advance(Duration.ofMinutes(2));
    assertThat(shown().required("status").asString()).isEqualTo("offline");

    say("{\"state\":\"working\"}");

    assertThat(shown().required("status").asString()).isEqualTo("online");
  }

  @Test
  void a_runner_that_registers_again_works() {
    say("{\"state\":\"draining\",\"reason\":\"asked to stop\"}");

    runner = server.newRunner("box");

    assertThat(shown().required("state").asString()).isEqualTo("working");
    assertThat(shown().has("state_reason")).isFalse();
  }

  @Test
  void what_is_said_with_its_old_token_is_refused() {
    server.newRunner("box");

    TestAnswer late = say("{\"state\":\"draining\"}");

    assertThat(late.status()).isEqualTo(401);
    assertThat(shown().required("state").asString()).isEqualTo("working");
  }

  @Test
  void what_it_said_is_not_taken_for_what_its_successor_says() {
    RunnerPrincipal before =
        server.bean(CachedRunnerAuthenticator.class).authenticate(runner).orElseThrow();
    server.newRunner("box");

    assertThatThrownBy(
            () ->
                server
                    .bean(RunnerStateService.class)
                    .note(before, new RunnerStateRequest(RunnerState.DRAINING, null)))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHORIZED));

    assertThat(shown().required("state").asString()).isEqualTo("working");
  }

  @Test
  void a_draining_runner_still_gets_what_it_asks_for() {
    say("{\"state\":\"draining\"}");

    assertThat(server.post("/api/v1/runs/lease").token(runner).send().status()).isEqualTo(204);
  }

  @Test
  void a_change_is_told_to_admins_and_a_repetition_is_not() throws InterruptedException {
    BlockingQueue<Change> told = new LinkedBlockingQueue<>();
    server.bean(ChangeFeed.class).listen(told::add);
    long id = shown().required("runner_id").asLong();
    try (Stream<String> lines = asAdmin("/api/v1/events").lines()) {
      Iterator<String> data = lines.filter(line -> line.startsWith("data: ")).iterator();
      assertThat(data.next()).isEqualTo("data: {}");

      say("{\"state\":\"paused\",\"reason\":\"no disk\"}");
      assertThat(data.next())
          .contains("\"name\":\"box\"")
          .contains("\"state\":\"paused\",\"state_reason\":\"no disk\"");
      say("{\"state\":\"paused\",\"reason\":\"no disk\"}");
      say("{\"state\":\"working\"}");
      assertThat(data.next()).contains("\"state\":\"working\"");
    }
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new Change.RunnerChanged(id));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new Change.RunnerChanged(id));
    assertThat(told).isEmpty();
  }
}
