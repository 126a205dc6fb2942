package dev.minitower.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class SignupTest {
  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    start("");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void start(String signupEnabled) {
    server = TestServer.start(folder, Map.of("MINITOWER_PUBLIC_SIGNUP_ENABLED", signupEnabled));
  }

  private TestAnswer signUp(String slug) {
    return server
        .post("/api/v1/teams/signup")
        .json(
            """
            {"slug": "%s", "name": "A team", "password": "correct horse"}
            """
                .formatted(slug))
        .send();
  }

  private boolean isOpen() {
    TestAnswer options = server.get("/api/v1/auth/options").send();
    return options.json().required("signup_enabled").booleanValue();
  }

  @Test
  void first_team_gets_an_admin_token_that_works() {
    assertThat(isOpen()).isTrue();

    TestAnswer answer = signUp("first");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text("slug")).isEqualTo("first");
    assertThat(answer.text("role")).isEqualTo("admin");
    assertThat(answer.text("token")).matches("mtk_[A-Za-z0-9_-]{43}");
    TestAnswer me = server.get("/api/v1/me").token(answer.text("token")).send();
    assertThat(me.body())
        .isEqualTo(
            "{\"team_id\":%d,\"team_slug\":\"first\",\"token_id\":%d,\"role\":\"admin\",\"server_version\":\"development\"}"
                .formatted(answer.number("team_id"), answer.number("token_id")));
  }

  @Test
  void sign_up_closes_with_the_first_team_unless_it_is_set_open() {
    assertThat(signUp("first").status()).isEqualTo(201);

    TestAnswer second = signUp("second");
    assertThat(second.status()).isEqualTo(403);
    assertThat(second.errorCode()).isEqualTo("forbidden");
    assertThat(isOpen()).isFalse();

    server.close();
    start("true");
    assertThat(isOpen()).isTrue();
    assertThat(signUp("second").status()).isEqualTo(201);
  }

  @Test
  void sign_up_that_is_set_closed_takes_not_even_the_first_team() {
    server.close();
    start("false");

    assertThat(isOpen()).isFalse();
    assertThat(signUp("first").status()).isEqualTo(403);
  }

  @Test
  void of_two_first_teams_at_one_moment_only_one_is_made() {
    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> signUp("team-" + i).status()))
            .toList();

    assertThat(answers.stream().map(CompletableFuture::join))
        .containsExactlyInAnyOrder(201, 403, 403, 403);
    assertThat(count("SELECT count(*) FROM teams")).isEqualTo(1);
  }

  @Test
  void every_new_team_has_the_environment_default() {
    long team = signUp("first").number("team_id");

    assertThat(
            server
                .bean(JdbcClient.class)
                .sql("SELECT name FROM environments WHERE team_id = ?")
                .param(team)
                .query(String.class)
                .list())
        .containsExactly("default");
  }

  private int count(String sql) {
    return server.bean(JdbcClient.class).sql(sql).query(Integer.class).single();
  }
}
