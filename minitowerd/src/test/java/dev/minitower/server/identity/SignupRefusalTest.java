package dev.minitower.server.identity;

import static dev.minitower.server.TestServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignupRefusalTest {
  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestAnswer signUp(String body) {
    return server.post("/api/v1/teams/signup").json(body).send();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "-team",
        "team-",
        "Team",
        "my team",
        "te_am",
        "api",
        "admin",
        "system",
        "internal",
        "default",
        "",
        "tëam",
        "0123456789012345678901234567890123456789012345678901234567890123"
      })
  void a_bad_slug_has_a_code_of_its_own(String slug) {
    TestAnswer answer =
        signUp(
            "{\"slug\": \"%s\", \"name\": \"x\", \"password\": \"%s\"}".formatted(slug, PASSWORD));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("invalid_slug");
    assertThat(answer.fieldsAtFault()).containsExactly("slug");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"slug\": \"acme\", \"name\": \"x\"} | password",
        "{\"slug\": \"acme\", \"name\": \"x\", \"password\": \"seven77\"} | password",
        "{\"slug\": \"acme\", \"name\": \"x\", \"password\": 12345678} | password",
        "{\"slug\": \"acme\", \"name\": \"  \", \"password\": \"long enough\"} | name",
        "{\"slug\": \"acme\", \"name\": \"a\\u0007b\", \"password\": \"long enough\"} | name",
        "{\"slug\": \"acme\", \"name\": [\"x\"], \"password\": \"long enough\"} | name",
        "{\"slug\": \"acme\", \"name\": \"x\", \"password\": \"long enough\", \"role\": 1} | role"
      })
  void a_body_that_is_not_right_is_refused_naming_the_field(String body, String field) {
    TestAnswer answer = signUp(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("invalid_request");
    assertThat(answer.fieldsAtFault()).containsExactly(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "\"acme\"", "{\"slug\": \"a1\", \"slug\": \"b2\"}"})
  void what_is_not_such_an_object_is_refused(String body) {
    TestAnswer answer = signUp(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("invalid_request");
  }

  @Test
  void a_password_of_73_bytes_is_refused_also_in_fewer_characters() {
    TestAnswer answer =
        signUp(
            "{\"slug\": \"acme\", \"name\": \"x\", \"password\": \"%s\"}"
                .formatted("ü".repeat(37)));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fieldsAtFault()).containsExactly("password");
  }

  @Test
  void a_slug_is_taken_once() {
    server.newTeam("taken");

    TestAnswer answer =
        signUp("{\"slug\": \"taken\", \"name\": \"x\", \"password\": \"%s\"}".formatted(PASSWORD));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.errorCode()).isEqualTo("slug_taken");
  }
}
