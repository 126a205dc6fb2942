package dev.minitower.server.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import dev.minitower.server.TestSocket;
import dev.minitower.server.TestSocket.RawAnswer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which path is which route, and that no spelling of a path gets past the check of the token. */
class RoutingTest {
  @TempDir static Path folder;
  private static TestServer server;
  private static TestTeam team;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    team = server.newTeam("acme");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/",
        "/api/v1",
        "/api/v2/me",
        "/api/v1/nope",
        "/api/v1/me/",
        "/api/v1/runs/1/nope",
        "/api/v1/apps/jobs/versions/1/artifact/x"
      })
  void an_unknown_path_is_404_with_or_without_a_token(String path) {
    for (TestAnswer answer :
        new TestAnswer[] {server.get(path).send(), server.get(path).token(team.token()).send()}) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.errorCode()).isEqualTo("not_found");
      assertThat(answer.header("Content-Type")).hasValue("application/json");
    }
  }

  @Test
  void a_wrong_method_is_405_and_told_the_right_ones_before_any_token_is_looked_at() {
    TestAnswer answer = server.request("PUT", "/api/v1/tokens").send();

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.errorCode()).isEqualTo("method_not_allowed");
    assertThat(answer.header("Allow")).hasValue("GET, HEAD, POST");
    assertThat(server.request("GET", "/api/v1/runs/lease").send().header("Allow")).hasValue("POST");
    assertThat(server.request("TRACE", "/api/v1/me").send().status()).isEqualTo(405);
  }

  @Test
  void head_is_a_get_without_a_body() {
    TestAnswer get = server.get("/api/v1/me").token(team.token()).send();
    TestAnswer head = server.request("HEAD", "/api/v1/me").token(team.token()).send();

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.bytes()).isEmpty();
    assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
    assertThat(server.request("HEAD", "/api/v1/me").send().status()).isEqualTo(401);
    assertThat(server.request("HEAD", "/health").send().status()).isEqualTo(200);
  }

  @Test
  void the_summary_is_not_taken_for_a_run() {
    TestAnswer summary = server.get("/api/v1/runs/summary").token(team.token()).send();
    TestAnswer lease = server.get("/api/v1/runs/lease").token(team.token()).send();

    assertThat(summary.status()).isEqualTo(200);
    assertThat(summary.number("total_runs")).isZero();
    assertThat(lease.status()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic YTpi",
        "Bearer",
        "Bearer ",
        "Bearer  ",
        "bearer",
        "Token x",
        "x",
        "Bearer \u00e4"
      })
  void whatever_is_not_a_bearer_token_is_none(String header) {
    RawAnswer answer =
        TestSocket.request(server, "GET /api/v1/me HTTP/1.1", "Authorization: " + header);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @Test
  void the_word_bearer_may_be_written_in_any_case() {
    TestAnswer answer =
        server.get("/api/v1/me").header("Authorization", "bearer " + team.token()).send();

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//api/v1/apps",
        "/api//v1/apps",
        "/api/v1//apps",
        "/api/v1/apps/",
        "/api/v1/apps//",
        "/api;x/v1/apps",
        "/api/v1/apps;x=1",
        "/api/v1;/apps",
        "/;/api/v1/apps",
        "/api/v1/apps%2F",
        "/api%2Fv1%2Fapps",
        "/%2Fapi/v1/apps",
        "/%61pi/v1/apps",
        "/api/v1/%61pps",
        "/api/v1/%2561pps",
        "/api/./v1/apps",
        "/api/v1/x/../apps",
        "/x/../api/v1/apps",
        "/assets/../api/v1/apps",
        "/..;/api/v1/apps",
        "/x/..;/api/v1/apps",
        "/api/v1/x/%2e%2e/apps",
        "/%2e/api/v1/apps",
        "/API/v1/apps",
        "/api/V1/apps",
        "/api/v1/Apps",
        "/api\\v1\\apps",
        "/api/v1/apps%00",
        "/api/v1/apps%0a",
        "/api/v1/apps%20",
        "/api/v1/apps.json",
        "/api/v1/apps%ff",
        "/error",
        "/api/v1/apps?x=/health",
        "/health/../api/v1/apps",
        "/health;/../api/v1/apps",
        "http://tower/api/v1/apps",
        "http://tower//api/v1/apps"
      })
  void no_spelling_of_a_path_reaches_a_controller_without_a_token(String path) {
    for (String method : new String[] {"GET", "HEAD", "POST", "OPTIONS"}) {
      RawAnswer answer =
          TestSocket.request(
              server, method + " " + path + " HTTP/1.1", "Content-Type: application/json");

      boolean console = answer.status() == 200 && answer.header("Content-Type").contains("html");
      assertThat(console ? 404 : answer.status())
          .as("%s %s: %s", method, path, answer)
          .isIn(400, 401, 404, 405);
    }
  }
}
