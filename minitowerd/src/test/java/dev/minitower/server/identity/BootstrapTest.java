package dev.minitower.server.identity;

import static dev.minitower.server.TestServer.BOOTSTRAP_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapTest {
  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TestAnswer bootstrap(String body) {
    return server.post("/api/v1/bootstrap/team").token(BOOTSTRAP_TOKEN).json(body).send();
  }

  private int logIn(String slug, String password) {
    return server
        .post("/api/v1/teams/login")
        .json("{\"slug\": \"%s\", \"password\": \"%s\"}".formatted(slug, password))
        .send()
        .status();
  }

  @Test
  void the_same_team_again_is_200_with_a_fresh_token_while_the_old_one_goes_on() {
    TestAnswer first = bootstrap("{\"slug\": \"ops\", \"name\": \"Operations\"}");
    TestAnswer again = bootstrap("{\"slug\": \"ops\", \"name\": \"Operations\"}");

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.number("team_id")).isEqualTo(first.number("team_id"));
    assertThat(again.text("role")).isEqualTo("admin");
    assertThat(again.text("token")).isNotEqualTo(first.text("token"));
    for (TestAnswer answer : new TestAnswer[] {first, again}) {
      assertThat(server.get("/api/v1/me").token(answer.text("token")).send().status())
          .isEqualTo(200);
    }
  }

  @Test
  void a_password_is_reset_only_if_one_is_given() {
    TestAnswer made =
        bootstrap("{\"slug\": \"ops\", \"name\": \"x\", \"password\": \"first password\"}");
    assertThat(made.status()).isEqualTo(201);

    assertThat(bootstrap("{\"slug\": \"ops\", \"name\": \"x\"}").status()).isEqualTo(200);
    assertThat(logIn("ops", "first password")).isEqualTo(201);

    TestAnswer reset =
        bootstrap("{\"slug\": \"ops\", \"name\": \"x\", \"password\": \"second password\"}");
    assertThat(reset.status()).isEqualTo(200);
    assertThat(logIn("ops", "first password")).isEqualTo(401);
    assertThat(logIn("ops", "second password")).isEqualTo(201);
  }

  @Test
  void another_team_is_refused_once_there_is_one() {
    server.newTeam("acme");

    TestAnswer answer = bootstrap("{\"slug\": \"ops\", \"name\": \"Operations\"}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.errorCode()).isEqualTo("team_exists");
  }

  @Test
  void only_the_operators_token_opens_it() {
    TestTeam team = server.newTeam("acme");

    for (String token : new String[] {"wrong", team.token(), TestServer.REGISTRATION_TOKEN}) {
      TestAnswer answer =
          server
              .post("/api/v1/bootstrap/team")
              .token(token)
              .json("{\"slug\": \"acme\", \"name\": \"x\"}")
              .send();
      assertThat(answer.status()).isEqualTo(401);
    }
  }

  @Test
  void without_a_bootstrap_token_the_route_is_not_there() {
    server.close();
    server = TestServer.start(folder, Map.of("MINITOWER_BOOTSTRAP_TOKEN", ""));

    assertThat(bootstrap("{\"slug\": \"ops\", \"name\": \"x\"}").status()).isEqualTo(404);
    TestAnswer options = server.get("/api/v1/auth/options").send();
    assertThat(options.json().required("bootstrap_enabled").booleanValue()).isFalse();
  }

  @Test
  void fields_are_checked() {
    TestAnswer answer = bootstrap("{\"slug\": \"Ops\", \"name\": \"\", \"password\": \"short\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fieldsAtFault()).containsExactly("slug", "name", "password");
  }
}
