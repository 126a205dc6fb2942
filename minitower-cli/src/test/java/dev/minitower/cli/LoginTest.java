package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
  private static final String ME =
      "{\"team_id\":1,\"team_slug\":\"acme\",\"token_id\":7,\"role\":\"admin\"}";

  @TempDir Path home;

  private ScriptedControlPlane server;
  private TestCli cli;
  private Path config;

  @BeforeEach
  void start() {
    server = ScriptedControlPlane.start();
    cli = new TestCli(home).with("MINITOWER_SERVER_URL", server.url());
    config = home.resolve(".config/minitower-cli/config.json");
    server.answers(
        "POST /api/v1/teams/login",
        201,
        "{\"team_id\":1,\"token\":\"mtk_new\",\"token_id\":7,\"role\":\"admin\"}");
    server.answers("GET /api/v1/me", 200, ME);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void typed_password_becomes_a_token_in_a_file_for_the_owner_alone() throws IOException {
    TestCli.Result result = cli.password("open sesame").run("login", "acme");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("logged in to team acme at " + server.url() + " as admin\n");
    assertThat(server.only("POST /api/v1/teams/login").text())
        .isEqualTo("{\"slug\":\"acme\",\"password\":\"open sesame\"}");
    assertThat(server.only("POST /api/v1/teams/login").header("Authorization")).isEmpty();
    assertThat(Files.readString(config)).contains("mtk_new").doesNotContain("sesame");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .isEqualTo("rw-------");
  }

  @Test
  void later_commands_use_what_the_login_kept() {
    var unused = cli.stdin("pw\n").run("login", "acme", "--password-stdin");

    TestCli.Result result = new TestCli(home).run("me");

    assertThat(result.out()).contains("team:", "acme", server.url());
    assertThat(server.requests().get(server.requests().size() - 1).header("Authorization"))
        .isEqualTo("Bearer mtk_new");
  }

  @Test
  void password_from_standard_input_loses_only_its_line_end() {
    var unused = cli.stdin(" pass word \r\n").run("login", "acme", "--password-stdin");

    assertThat(server.only("POST /api/v1/teams/login").text()).contains("\" pass word \"");
  }

  @Test
  void login_without_a_terminal_or_standard_input_is_refused() {
    TestCli.Result result = cli.run("login", "acme");

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(result.err()).contains("--password-stdin");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void refused_password_keeps_the_old_token() throws IOException {
    var unused = cli.password("good").run("login", "acme");
    String before = Files.readString(config);
    try (var strict = ScriptedControlPlane.start()) {
      strict.refuses("POST /api/v1/teams/login", 401, "unauthorized", "team or password is wrong");

      TestCli.Result result =
          cli.with("MINITOWER_SERVER_URL", strict.url()).password("bad").run("login", "acme");

      assertThat(result.exitCode()).isEqualTo(10);
      assertThat(result.err()).contains("team or password is wrong").doesNotContain("bad");
      assertThat(Files.readString(config)).isEqualTo(before);
    }
  }

  @Test
  void json_of_a_login_says_who_one_is_and_keeps_the_token_to_itself() {
    TestCli.Result result = cli.password("pw").run("login", "acme", "--json");

    assertThat(result.out()).isEqualTo(ME + "\n");
    assertThat(result.err()).doesNotContain("mtk_new");
  }

  @Test
  void logout_revokes_the_token_and_forgets_it() throws IOException {
    server.answers("DELETE /api/v1/tokens/7", 204, "");
    var unused = cli.password("pw").run("login", "acme");

    TestCli.Result result = new TestCli(home).run("logout");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("logged out of team acme\n");
    assertThat(server.only("DELETE /api/v1/tokens/7").header("Authorization"))
        .isEqualTo("Bearer mtk_new");
    assertThat(Files.readString(config)).doesNotContain("mtk_new").contains(server.url());
  }

  @Test
  void logout_forgets_the_token_even_when_the_server_is_away() throws IOException {
    var unused = cli.password("pw").run("login", "acme");
    server.close();

    TestCli.Result result = new TestCli(home).run("logout");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("the server was not told to revoke it");
    assertThat(Files.readString(config)).doesNotContain("mtk_new");
  }

  @Test
  void logout_without_a_token_says_so() {
    TestCli.Result result = cli.run("logout");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("profile 'default' holds no token");
  }
}
