package dev.minitower.server.runners;

import static dev.minitower.server.TestServer.REGISTRATION_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestArtifact;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import dev.minitower.server.platform.web.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationTest {
  /** Twice the default lease time. */
  private static final Duration ONLINE_FOR = Duration.ofMinutes(2);

  @TempDir static Path folder;
  private static TestServer server;
  private static TestTeam team;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    team = server.bootstrapTeam("acme");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestAnswer register(String body) {
    return server.post("/api/v1/runners/register").token(REGISTRATION_TOKEN).json(body).send();
  }

  private static TestAnswer registerInstance(String name, String instance) {
    return register("{\"name\": \"%s\", \"instance_id\": \"%s\"}".formatted(name, instance));
  }

  private static TestAnswer lease(String runnerToken) {
    return server.post("/api/v1/runs/lease").token(runnerToken).send();
  }

  private static TestAnswer runner(String name) {
    return server
        .get("/api/v1/admin/runners?limit=1&cursor=" + before(name))
        .token(team.token())
        .send();
  }

  /** The cursor of whatever stands right before the name. */
  private static String before(String name) {
    return Page.cursor(name.substring(0, name.length() - 1));
  }

  @Test
  void a_new_name_is_201_and_its_token_works() {
    TestAnswer answer = register("{\"name\": \"new\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text("name")).isEqualTo("new");
    assertThat(answer.text("token")).matches("mtr_[A-Za-z0-9_-]{43}");
    assertThat(lease(answer.text("token")).status()).isEqualTo(204);
  }

  @Test
  void a_known_name_is_200_with_a_new_token_and_the_old_one_is_dead_at_once() {
    TestAnswer first = register("{\"name\": \"rotated\"}");
    assertThat(lease(first.text("token")).status()).isEqualTo(204);

    TestAnswer second = register("{\"name\": \"rotated\"}");

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.number("runner_id")).isEqualTo(first.number("runner_id"));
    assertThat(lease(first.text("token")).status()).isEqualTo(401);
    assertThat(lease(second.text("token")).status()).isEqualTo(204);
  }

  @Test
  void the_same_instance_comes_back_under_its_name() {
    TestAnswer first = registerInstance("same", "box-1");
    TestAnswer second = registerInstance("same", "box-1");

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(200);
  }

  @Test
  void another_instance_gets_the_name_only_once_its_holder_is_offline() {
    TestAnswer holder = registerInstance("contested", "box-1");

    TestAnswer refused = registerInstance("contested", "box-2");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.errorCode()).isEqualTo("conflict");
    assertThat(refused.errorMessage()).contains("contested").doesNotContain("box-1");
    assertThat(lease(holder.text("token")).status()).isEqualTo(204);

    server.clock().advance(ONLINE_FOR.minusMillis(1));
    assertThat(registerInstance("contested", "box-2").status()).isEqualTo(409);

    server.clock().advance(Duration.ofMillis(1));
    assertThat(registerInstance("contested", "box-2").status()).isEqualTo(200);
    assertThat(lease(holder.text("token")).status()).isEqualTo(401);
  }

  @Test
  void every_call_keeps_the_name_also_before_it_is_written() {
    TestAnswer holder = registerInstance("calling", "box-1");
    server.clock().advance(ONLINE_FOR.minusSeconds(1));
    assertThat(lease(holder.text("token")).status()).isEqualTo(204);

    server.clock().advance(ONLINE_FOR.minusMillis(1));

    assertThat(registerInstance("calling", "box-2").status()).isEqualTo(409);
  }

  @Test
  void an_old_runner_without_an_instance_just_gets_a_new_token() {
    registerInstance("seed", "box-1");

    assertThat(register("{\"name\": \"seed\"}").status()).isEqualTo(200);
    assertThat(registerInstance("seed", "box-1").status()).isEqualTo(409);
  }

  @Test
  void a_held_attempt_keeps_the_name_however_long_its_runner_is_silent() {
    TestAnswer holder = registerInstance("holding", "box-1");
    leaseOneRun("held", holder.text("token"));
    server.clock().advance(Duration.ofDays(1));

    assertThat(registerInstance("holding", "box-2").status()).isEqualTo(409);
  }

  @Test
  void a_runner_that_comes_back_with_fewer_slots_keeps_room_for_what_it_holds() {
    TestAnswer runner =
        register("{\"name\": \"shrunk\", \"environment\": \"default\", \"max_concurrent\": 2}");
    leaseOneRun("shrunk-a", runner.text("token"));
    leaseOneRun("shrunk-b", runner.text("token"));

    assertThat(register("{\"name\": \"shrunk\", \"max_concurrent\": 1}").status()).isEqualTo(200);

    assertThat(runner("shrunk").json().at("/runners/0/max_concurrent").asInt()).isEqualTo(2);
    assertThat(runner("shrunk").json().at("/runners/0/active_runs").asInt()).isEqualTo(2);
  }

  private static void leaseOneRun(String app, String runnerToken) {
    server
        .post("/api/v1/apps")
        .token(team.token())
        .json("{\"slug\": \"%s\"}".formatted(app))
        .send();
    server
        .post("/api/v1/apps/%s/versions".formatted(app))
        .token(team.token())
        .file("artifact", TestArtifact.ofApp(app, "x"))
        .send();
    server.post("/api/v1/apps/%s/runs".formatted(app)).token(team.token()).send();
    assertThat(lease(runnerToken).status()).isEqualTo(200);
  }

  @Test
  void what_a_runner_says_of_itself_is_shown_to_admins() {
    register(
        """
        {"name": "talkative", "environment": "staging", "version": "1.2.3", "max_concurrent": 4,
         "labels": {"region": "eu"}, "isolation": "namespace", "something": "newer than this server"}
        """);

    TestAnswer answer = runner("talkative");

    assertThat(answer.each("runners", "name")).containsExactly("talkative");
    assertThat(answer.each("runners", "environment")).containsExactly("staging");
    assertThat(answer.each("runners", "version")).containsExactly("1.2.3");
    assertThat(answer.each("runners", "isolation")).containsExactly("namespace");
    assertThat(answer.each("runners", "max_concurrent")).containsExactly("4");
    assertThat(answer.each("runners", "status")).containsExactly("online");
    assertThat(answer.json().at("/runners/0/labels/region").asString()).isEqualTo("eu");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | name",
        "{\"name\": \"\"} | name",
        "{\"name\": 5} | name",
        "{\"name\": \"a\\u0000b\"} | name",
        "{\"name\": \"a\\nb\"} | name",
        "{\"name\": \"fine\", \"environment\": \"No Such\"} | environment",
        "{\"name\": \"fine\", \"isolation\": \"Name Space\"} | isolation",
        "{\"name\": \"fine\", \"max_concurrent\": 0} | max_concurrent",
        "{\"name\": \"fine\", \"max_concurrent\": 257} | max_concurrent",
        "{\"name\": \"fine\", \"max_concurrent\": \"2\"} | max_concurrent",
        "{\"name\": \"fine\", \"labels\": {\"a\": 1}} | labels.a"
      })
  void a_bad_field_is_refused_by_name(String body, String field) {
    TestAnswer answer = register(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fieldsAtFault()).containsExactly(field);
  }

  @Test
  void names_may_be_128_characters_of_any_script_and_no_longer() {
    assertThat(register("{\"name\": \"%s\"}".formatted("läufer-☂".repeat(16))).status())
        .isEqualTo(201);
    assertThat(register("{\"name\": \"%s\"}".formatted("x".repeat(129))).status()).isEqualTo(400);
  }

  @Test
  void only_the_registration_token_lets_a_runner_in() {
    for (String token : List.of("wrong", team.token(), TestServer.BOOTSTRAP_TOKEN)) {
      TestAnswer answer =
          server.post("/api/v1/runners/register").token(token).json("{\"name\": \"x\"}").send();
      assertThat(answer.status()).isEqualTo(401);
    }
  }
}
