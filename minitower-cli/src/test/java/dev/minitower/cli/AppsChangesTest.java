package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppsChangesTest {
  private static final String PATCH = "PATCH /api/v1/apps/hello";

  @TempDir Path home;

  private ScriptedControlPlane server;
  private TestCli cli;

  @BeforeEach
  void start() {
    server = ScriptedControlPlane.start();
    server.answers(PATCH, 200, "{\"slug\":\"hello\"}");
    cli = new TestCli(home).at(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void update_sends_the_description() {
    TestCli.Result result = cli.run("apps", "update", "hello", "--description", "grüßt");

    assertThat(result).isEqualTo(new TestCli.Result(0, "app hello updated\n", ""));
    assertThat(server.only(PATCH).text()).isEqualTo("{\"description\":\"grüßt\"}");
    assertThat(server.only(PATCH).header("Authorization")).isEqualTo("Bearer mtk_secret");
    assertThat(server.only(PATCH).header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void description_can_be_emptied() {
    assertThat(cli.run("apps", "update", "hello", "--description=").exitCode()).isZero();
    assertThat(server.only(PATCH).text()).isEqualTo("{\"description\":\"\"}");
  }

  @Test
  void disable_and_enable_send_only_that() {
    assertThat(cli.run("apps", "disable", "hello").out()).isEqualTo("app hello disabled\n");
    assertThat(cli.run("apps", "enable", "hello").out()).isEqualTo("app hello enabled\n");
    assertThat(server.requests().stream().map(ScriptedControlPlane.Request::text))
        .containsExactly("{\"disabled\":true}", "{\"disabled\":false}");
  }

  @Test
  void json_is_the_servers_own() {
    assertThat(cli.run("apps", "disable", "hello", "--json").out())
        .isEqualTo("{\"slug\":\"hello\"}\n");
  }

  @Test
  void refusals_end_as_those_of_other_calls_do() {
    String call = "PATCH /api/v1/apps/other";
    server.refuses(call, 403, "forbidden", "only admins may do this");

    TestCli.Result result = cli.run("apps", "disable", "other", "--verbose");

    assertThat(result.exitCode()).isEqualTo(10);
    assertThat(result.err())
        .containsPattern("PATCH /api/v1/apps/other: HTTP 403 after \\d+ ms, request id req-1\n")
        .contains("error: only admins may do this")
        .doesNotContain("mtk_secret");
  }

  @Test
  void unreachable_server_is_told_as_for_other_calls() {
    server.close();

    assertThat(cli.run("apps", "enable", "hello").err())
        .isEqualTo(
            "error: no server at "
                + server.url()
                + ": connection refused; is minitowerd running? set --server or"
                + " MINITOWER_SERVER_URL\n");
    assertThat(cli.run("apps", "enable", "x", "--server", "http://no.such.host.invalid").err())
        .contains("the host's name is unknown");
  }
}
