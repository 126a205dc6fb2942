package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {
  private static final String SUMMARY =
      "{\"total_runs\":9,\"active_runs\":2,\"queued_runs\":3,\"terminal_runs\":4}";
  private static final String RUNNERS =
      "[{\"name\":\"r1\",\"status\":\"online\",\"max_concurrent\":4},"
          + "{\"name\":\"r2\",\"status\":\"offline\",\"max_concurrent\":4}]";

  @TempDir Path home;

  private ScriptedControlPlane server;
  private TestCli cli;

  @BeforeEach
  void start() {
    server = ScriptedControlPlane.start();
    server
        .answers("GET /ready", 200, "{\"status\":\"ready\"}")
        .answers("GET /api/v1/runs/summary", 200, SUMMARY)
        .answers("GET /api/v1/admin/runners", 200, "{\"runners\":" + RUNNERS + "}");
    cli = new TestCli(home);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void admin_sees_everything() {
    isMe("admin");

    TestCli.Result result = cli.at(server).run("status");

    assertThat(result)
        .isEqualTo(
            new TestCli.Result(
                0,
                """
                server:      %s
                ready:       yes
                team:        acme
                role:        admin
                queued runs: 3
                active runs: 2
                ended runs:  4
                runners:     1 online of 2, for 4 runs at once
                profile:     default
                """
                    .formatted(server.url()),
                ""));
  }

  @Test
  void member_is_not_asked_about_runners() {
    isMe("member");

    assertThat(cli.at(server).run("status").out()).doesNotContain("runners:");
    assertThat(server.calls()).doesNotContain("GET /api/v1/admin/runners");
  }

  @Test
  void json_holds_the_servers_objects() {
    isMe("admin");

    assertThat(cli.at(server).run("status", "--json").out())
        .isEqualTo(
            "{\"server\":\"%s\",\"ready\":true,\"me\":{\"team_slug\":\"acme\",\"role\":\"admin\"},"
                    .formatted(server.url())
                + "\"runs\":"
                + SUMMARY
                + ",\"runners\":"
                + RUNNERS
                + "}\n");
  }

  @Test
  void without_a_token_it_tells_whether_the_server_is_there() {
    TestCli.Result result = cli.run("status", "--server", server.url());

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("ready:   yes").doesNotContain("team");
    assertThat(result.err()).startsWith("not logged in");
    assertThat(server.calls()).containsExactly("GET /ready");
  }

  @Test
  void server_that_is_stopping_is_not_ready() {
    server.answersOnlyThis(
        "GET /ready", 503, "{\"error\":{\"code\":\"unavailable\",\"message\":\"x\"}}");

    TestCli.Result result = cli.at(server).run("status");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("ready:   no: it is starting or stopping");
  }

  @Test
  void server_that_is_not_there_ends_with_1() {
    server.close();

    TestCli.Result result = cli.at(server).run("status");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: no server at " + server.url() + ": ");
  }

  @Test
  void token_that_is_not_accepted_ends_with_10() {
    server.refuses("GET /api/v1/me", 401, "unauthorized", "the token is not valid");

    assertThat(cli.at(server).run("status").exitCode()).isEqualTo(10);
  }

  @Test
  void version_needs_no_server() {
    assertThat(cli.run("version").out()).startsWith("minitower-cli ");
    assertThat(cli.run("version", "--json").out()).startsWith("{\"version\":\"");
  }

  private void isMe(String role) {
    server.answers("GET /api/v1/me", 200, "{\"team_slug\":\"acme\",\"role\":\"" + role + "\"}");
  }
}
