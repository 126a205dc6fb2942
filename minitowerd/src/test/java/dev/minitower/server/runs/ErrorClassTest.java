package dev.minitower.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture.Lease;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who must act on a run that did not end well. */
class ErrorClassTest {
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
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestAnswer result(Lease lease, String status, String errorClass) {
    return lease
        .call("POST", "result")
        .json("{\"status\":\"%s\",\"error_class\":%s}".formatted(status, errorClass))
        .send();
  }

  /** The run's class, then its attempts', {@code none} where there is none. */
  private static List<String> classes(long runId) {
    var run = fixture.run(runId).json();
    return Stream.concat(Stream.of(run), run.required("attempts").valueStream())
        .map(one -> one.path("error_class").asString("none"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "timeout", "infrastructure"})
  void what_the_runner_says_of_a_failure_is_shown_with_run_and_attempt(String errorClass) {
    Lease lease = fixture.leased();

    TestAnswer answer = result(lease, "failed", "\"%s\"".formatted(errorClass));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(classes(lease.runId())).containsExactly(errorClass, errorClass);
  }

  @Test
  void a_run_shows_it_wherever_it_is_shown() {
    Lease lease = fixture.leased();
    result(lease, "failed", "\"timeout\"");

    assertThat(fixture.asTeam("GET", "/runs?limit=1").send().each("runs", "error_class"))
        .containsExactly("timeout");
    assertThat(fixture.asTeam("GET", "/apps/jobs").send().json().at("/last_run/error_class"))
        .hasToString("\"timeout\"");
    try (Stream<String> events =
        fixture.asTeam("GET", "/runs/" + lease.runId() + "/events").lines()) {
      assertThat(events.filter(line -> line.startsWith("data: {\"run_id\"")))
          .singleElement()
          .asString()
          .containsSubsequence("\"error_class\":\"timeout\"", "\"error_class\":\"timeout\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"cosmic_rays\"", "\"USER\""})
  void a_class_that_the_server_does_not_know_is_none(String errorClass) {
    Lease lease = fixture.leased();

    TestAnswer answer = result(lease, "failed", errorClass);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(classes(lease.runId())).containsExactly("none", "none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"completed", "cancelled"})
  void only_a_failure_has_one(String status) {
    Lease lease = fixture.leased();

    TestAnswer answer = result(lease, status, "\"user\"");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(classes(lease.runId())).containsExactly("none", "none");
  }

  @Test
  void a_repeated_result_changes_nothing_of_the_first() {
    Lease lease = fixture.leased();
    result(lease, "failed", "\"user\"");

    assertThat(result(lease, "failed", "\"infrastructure\"").status()).isEqualTo(200);

    assertThat(classes(lease.runId())).containsExactly("user", "user");
  }

  @Test
  void a_lost_runner_is_its_operators_concern_and_so_is_the_run_that_died_of_it() {
    Lease first = fixture.leased("\"max_retries\":1");
    fixture.leaseGoesOver();
    fixture.reap();
    assertThat(classes(first.runId())).containsExactly("none", "infrastructure");

    Lease second = fixture.lease();
    fixture.leaseGoesOver();
    assertThat(second.heartbeat().status()).isEqualTo(410);

    assertThat(fixture.status(first.runId())).isEqualTo("dead");
    assertThat(classes(first.runId()))
        .containsExactly("infrastructure", "infrastructure", "infrastructure");
  }

  @Test
  void what_is_handed_back_is_the_operators_concern_until_another_runner_gets_it_done() {
    Lease first = fixture.leased();
    first.release();
    assertThat(classes(first.runId())).containsExactly("none", "infrastructure");

    fixture.lease().result("completed");

    assertThat(classes(first.runId())).containsExactly("none", "infrastructure", "none");
  }

  @Test
  void a_cancelled_run_is_nobodys_concern_whatever_became_of_its_runner() {
    Lease lost = fixture.leased();
    fixture.cancel(lost.runId());
    fixture.leaseGoesOver();
    fixture.reap();
    Lease handedBack = fixture.leased();
    fixture.cancel(handedBack.runId());
    handedBack.release();

    assertThat(classes(lost.runId())).containsExactly("none", "none");
    assertThat(classes(handedBack.runId())).containsExactly("none", "none");
  }

  @Test
  void a_run_that_is_cancelled_between_two_attempts_does_not_show_the_first_ones() {
    Lease lease = fixture.leased();
    lease.release();

    fixture.cancel(lease.runId());

    assertThat(classes(lease.runId())).containsExactly("none", "infrastructure");
  }
}
