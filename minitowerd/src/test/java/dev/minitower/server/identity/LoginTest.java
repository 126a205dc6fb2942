package dev.minitower.server.identity;

import static dev.minitower.server.TestServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTest {
  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    server.bootstrapTeam("no-password");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Failures are counted per team: one test's must not cost another. */
  @BeforeEach
  void letTheLimiterForget() {
    server.clock().advance(Duration.ofMinutes(10));
  }

  private TestAnswer logIn(String slug, String password) {
    return server
        .post("/api/v1/teams/login")
        .json("{\"slug\": \"%s\", \"password\": \"%s\"}".formatted(slug, password))
        .send();
  }

  private TestAnswer changePassword(String token, String current, String wanted) {
    return server
        .post("/api/v1/teams/password")
        .token(token)
        .json("{\"current_password\": \"%s\", \"new_password\": \"%s\"}".formatted(current, wanted))
        .send();
  }

  @Test
  void the_right_password_gives_a_fresh_admin_token() {
    TestTeam team = server.newTeam("right");

    TestAnswer answer = logIn("right", PASSWORD);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.number("team_id")).isEqualTo(team.id());
    assertThat(answer.text("role")).isEqualTo("admin");
    assertThat(answer.text("token")).isNotEqualTo(team.token());
    assertThat(server.get("/api/v1/me").token(answer.text("token")).send().number("token_id"))
        .isEqualTo(answer.number("token_id"));
  }

  @Test
  void whatever_is_wrong_the_answer_is_the_same() {
    server.newTeam("mixed");

    TestAnswer unknownTeam = logIn("unknown", PASSWORD);
    assertThat(unknownTeam.status()).isEqualTo(401);
    assertThat(unknownTeam.errorCode()).isEqualTo("unauthorized");
    String message = unknownTeam.errorMessage();
    for (TestAnswer other :
        new TestAnswer[] {
          logIn("mixed", "not the password"),
          logIn("no-password", PASSWORD),
          logIn("mixed", "x".repeat(73)),
          logIn("NOT A SLUG", PASSWORD)
        }) {
      assertThat(other.status()).isEqualTo(401);
      assertThat(other.errorMessage()).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"slug\": \"acme\"} | password",
        "{\"password\": \"correct horse\"} | slug",
        "{\"slug\": 5, \"password\": \"correct horse\"} | slug",
        "{\"slug\": \"acme\", \"password\": \"x\", \"remember\": true} | remember"
      })
  void a_body_that_is_not_right_is_refused_naming_the_field(String body, String field) {
    TestAnswer answer = server.post("/api/v1/teams/login").json(body).send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fieldsAtFault()).containsExactly(field);
  }

  @Test
  void the_eleventh_guess_waits_also_with_the_right_password() {
    server.newTeam("guessed");
    for (int i = 0; i < LoginLimiter.MAX_FAILURES; i++) {
      assertThat(logIn("guessed", "guess " + i).status()).isEqualTo(401);
    }

    TestAnswer refused = logIn("guessed", PASSWORD);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.errorCode()).isEqualTo("rate_limited");
    assertThat(refused.header("Retry-After")).hasValue("30");

    server.clock().advance(LoginLimiter.REFILL);
    assertThat(logIn("guessed", PASSWORD).status()).isEqualTo(201);
  }

  @Test
  void changing_the_password_takes_the_current_one() {
    TestTeam team = server.newTeam("changed");

    TestAnswer wrong = changePassword(team.token(), "not the password", "a new password");
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(logIn("changed", PASSWORD).status()).isEqualTo(201);

    assertThat(changePassword(team.token(), PASSWORD, "a new password").status()).isEqualTo(204);
    assertThat(logIn("changed", PASSWORD).status()).isEqualTo(401);
    assertThat(logIn("changed", "a new password").status()).isEqualTo(201);
  }

  @Test
  void a_new_password_must_be_a_good_one_and_its_setter_an_admin() {
    TestTeam team = server.newTeam("renewed");

    TestAnswer tooShort = changePassword(team.token(), PASSWORD, "short");
    assertThat(tooShort.status()).isEqualTo(400);
    assertThat(tooShort.fieldsAtFault()).containsExactly("new_password");

    String member = server.newToken(team, "member");
    assertThat(changePassword(member, PASSWORD, "a new password").status()).isEqualTo(403);
  }
}
