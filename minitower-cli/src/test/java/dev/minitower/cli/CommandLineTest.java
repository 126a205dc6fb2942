package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @TempDir Path home;

  private TestCli cli;

  @BeforeEach
  void makeCli() {
    cli = new TestCli(home);
  }

  static Stream<String> commands() {
    return Stream.of(
        "login",
        "logout",
        "me",
        "deploy",
        "deploy",
        "apps list",
        "apps get",
        "apps create",
        "versions list",
        "versions get",
        "versions upload",
        "runs create",
        "runs list",
        "runs get",
        "runs cancel",
        "runs retry",
        "runs logs",
        "runs watch",
        "tokens create",
        "tokens list",
        "tokens revoke",
        "runners list",
        "config set",
        "config get",
        "config list",
        "config use");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_explains_itself_and_takes_the_common_options(String command) {
    TestCli.Result result = cli.run((command + " --help").split(" "));

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith("Usage: minitower-cli " + command)
        .contains("--json", "--server=URL", "--profile=NAME", "--verbose");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fly",
        "runs get",
        "runs get twelve",
        "runs list --limit many",
        "runs create hello -p name",
        "runs create hello --input [1]",
        "runs create hello --input {",
        "runs create hello --input @/nowhere/input.json",
        "runs get 12 --colour",
        "tokens create --expires-in soon",
        "config set colour red",
        "config set server ftp://example.org",
        "me --server nonsense",
        "me --server http://user:pw@host"
      })
  void misread_command_line_ends_with_64_and_calls_nobody(String line) {
    TestCli.Result result = cli.with("MINITOWER_API_TOKEN", "mtk_x").run(line.split(" "));

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(result.err()).startsWith("error: ").doesNotContain("\tat ");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void mistyped_command_gets_a_suggestion() {
    assertThat(cli.run("runs", "lst").err()).contains("did you mean list?");
  }

  @Test
  void command_line_that_stops_at_a_group_shows_what_is_in_it() {
    TestCli.Result result = cli.run("runs");

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(result.err()).contains("create", "watch", "retry");
  }

  @Test
  void version_is_told() {
    assertThat(cli.run("--version").out()).startsWith("minitower-cli ");
  }

  @Test
  void common_options_count_before_and_after_the_command() {
    try (var server = ScriptedControlPlane.start()) {
      server.answers("GET /api/v1/me", 200, "{\"team_slug\":\"acme\"}");
      cli.with("MINITOWER_API_TOKEN", "mtk_x");

      TestCli.Result before = cli.run("--json", "--server", server.url(), "me");
      TestCli.Result after = cli.run("me", "--server", server.url(), "--json");

      assertThat(before.out()).isEqualTo("{\"team_slug\":\"acme\"}\n");
      assertThat(after).isEqualTo(before);
    }
  }
}
