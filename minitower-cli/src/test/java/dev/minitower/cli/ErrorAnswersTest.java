package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorAnswersTest {
  @TempDir Path home;

  private ScriptedControlPlane server;
  private TestCli cli;

  @BeforeEach
  void start() {
    server = ScriptedControlPlane.start();
    cli = new TestCli(home).at(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400,invalid_request,1",
    "401,unauthorized,10",
    "403,forbidden,10",
    "404,not_found,11",
    "405,method_not_allowed,1",
    "409,conflict,12",
    "410,gone,13",
    "413,too_large,1",
    "429,rate_limited,1",
    "500,internal,1",
    "503,unavailable,1"
  })
  void refusal_gives_its_own_exit_code_and_the_servers_sentence(int status, String code, int exit) {
    server.refuses("GET /api/v1/runs/12", status, code, "the run is not for you");

    TestCli.Result result = cli.run("runs", "get", "12");

    assertThat(result.exitCode()).isEqualTo(exit);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("error: the run is not for you").hasLineCount(1);
  }

  @Test
  void details_of_a_refusal_are_one_a_line() {
    server.answers(
        "POST /api/v1/apps/hello/runs",
        400,
        """
        {"error":{"code":"invalid_request","message":"input does not fit","details":[
        {"field":"input.count","message":"must be an integer"},
        {"field":"priority","message":"must be at most 1000"}]}}""");

    TestCli.Result result = cli.run("runs", "create", "hello", "-p", "count=x");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            """
            error: input does not fit
              input.count: must be an integer
              priority: must be at most 1000
            """);
  }

  @Test
  void verbose_tells_time_and_request_id_and_never_the_token() {
    server.refuses("GET /api/v1/me", 401, "unauthorized", "the token is not valid");

    TestCli.Result result = cli.run("me", "--verbose");

    assertThat(result.err())
        .containsPattern("GET /api/v1/me: HTTP 401 after \\d+ ms, request id req-1")
        .doesNotContain("mtk_secret");
    assertThat(result.exitCode()).isEqualTo(10);
  }

  @Test
  void verbose_tells_of_a_call_without_an_answer_and_never_the_token() {
    server.close();

    TestCli.Result result = cli.run("me", "--verbose", "--token", "mtk_typed");

    assertThat(result.err())
        .containsPattern("GET /api/v1/me: no answer after \\d+ ms\nerror: no server at ")
        .doesNotContain("mtk_secret", "mtk_typed");
  }

  @Test
  void control_characters_are_shown_wherever_the_server_puts_them() {
    String hostile = "\\u001b]0;x\\u0007\\u009b2J\\u202e";
    server
        .answers(
            "GET /api/v1/runs",
            200,
            "{\"runs\":[{\"app_slug\":\""
                + hostile
                + "\",\"status\":\""
                + hostile
                + "\"}],"
                + "\"next_cursor\":\""
                + hostile
                + "\"}")
        .answers("GET /api/v1/me", 200, "{\"team_slug\":\"" + hostile + "\"}")
        .refuses("GET /api/v1/runs/1", 409, hostile, hostile)
        .answers(
            "GET /api/v1/runs/2",
            exchange -> {
              exchange.getResponseHeaders().set("X-Request-Id", "\u009b2J");
              exchange.sendResponseHeaders(500, -1);
              exchange.close();
            });

    for (String line :
        new String[] {
          "runs list", "me", "runs get 1", "runs get 2 --verbose", "runs list --json"
        }) {
      TestCli.Result result = cli.onTerminal().run((line + " --color=never").split(" "));

      assertThat(result.out() + result.err())
          .contains("\\u009b2J")
          .doesNotContain("\u001b", "\u0007", "\u009b", "\u202e");
    }
  }

  @Test
  void missing_server_is_told_with_address_cause_and_remedy() throws IOException {
    int freePort;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }

    TestCli.Result result = cli.run("me", "--server", "http://127.0.0.1:" + freePort);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "error: no server at http://127.0.0.1:"
                + freePort
                + ": connection refused; is minitowerd running? set --server or"
                + " MINITOWER_SERVER_URL\n");
  }

  @Test
  void connection_that_breaks_is_told_without_a_stack_trace() {
    server.answers("GET /api/v1/me", exchange -> exchange.close());

    TestCli.Result result = cli.run("me");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("error: the connection to " + server.url() + " broke during GET /api/v1/me")
        .hasLineCount(1);
  }

  @Test
  void page_of_another_program_is_not_taken_for_an_answer() {
    server.answers("GET /api/v1/me", 200, "<html>welcome</html>");

    TestCli.Result result = cli.run("me");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("isn't JSON")
        .contains("is the address that of a minitowerd?");
  }

  @Test
  void error_page_of_a_proxy_is_described_by_its_status() {
    server.answers("GET /api/v1/me", 502, "<html>bad gateway</html>");

    TestCli.Result result = cli.run("me");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("HTTP 502").doesNotContain("<html>");
  }

  @Test
  void redirect_is_refused_and_the_token_goes_nowhere_else() {
    try (var other = ScriptedControlPlane.start()) {
      server.answers(
          "GET /api/v1/me",
          exchange -> {
            exchange.getResponseHeaders().set("Location", other.url() + "/api/v1/me");
            ScriptedControlPlane.send(exchange, 302, "");
          });

      TestCli.Result result = cli.run("me");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains("HTTP 302").contains("--server");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void control_characters_of_the_server_are_shown_and_not_obeyed() {
    server.refuses("GET /api/v1/me", 403, "forbidden", "no\\u001b[2J\\u009b1A\\nerror: yes");

    TestCli.Result result = cli.run("me");

    assertThat(result.err()).isEqualTo("error: no\\u001b[2J\\u009b1A\\nerror: yes\n");
  }

  @Test
  void call_without_a_token_is_not_made() {
    TestCli.Result result = new TestCli(home).run("runs", "list", "--server", server.url());

    assertThat(result.exitCode()).isEqualTo(10);
    assertThat(result.err())
        .contains("not logged in at " + server.url())
        .contains("minitower-cli login TEAM --server " + server.url());
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void token_on_the_command_line_is_used_and_warned_about() {
    server.answers("GET /api/v1/me", 200, "{\"team_slug\":\"acme\",\"role\":\"admin\"}");

    TestCli.Result result = cli.run("me", "--token", "mtk_flag");

    assertThat(server.only("GET /api/v1/me").header("Authorization")).isEqualTo("Bearer mtk_flag");
    assertThat(result.err()).contains("warning: other users").doesNotContain("mtk_flag");
  }

  @Test
  void token_that_no_header_can_hold_is_refused_without_showing_it() {
    TestCli.Result result = cli.with("MINITOWER_API_TOKEN", "mtk_a\nX-Evil: 1").run("me");

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(result.err()).doesNotContain("mtk_a");
    assertThat(server.requests()).isEmpty();
  }
}
