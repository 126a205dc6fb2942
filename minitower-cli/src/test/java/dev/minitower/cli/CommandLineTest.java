package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.cli.command.Commands;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  @TempDir Path home;

  private TestCli cli;

  @BeforeEach
  void makeCli() {
    cli = new TestCli(home);
  }

  /** All of them, so that none is forgotten here. */
  static Stream<String> commands() {
    CommandLine root = Commands.complete(new TestCli(Path.of("")).surroundings());
    return root.getSubcommands().values().stream()
        .flatMap(
            top ->
                top.getSubcommands().isEmpty()
                    ? Stream.of(top.getCommandName())
                    : top.getSubcommands().keySet().stream()
                        .map(name -> top.getCommandName() + " " + name));
  }

  /** What scripts use; none of it may go. */
  @Test
  void names_stay() {
    assertThat(commands())
        .containsExactlyInAnyOrder(
            "init",
            "validate",
            "package",
            "deploy",
            "run",
            "runs create",
            "runs list",
            "runs get",
            "runs watch",
            "runs logs",
            "runs cancel",
            "runs retry",
            "apps list",
            "apps get",
            "apps create",
            "apps update",
            "apps disable",
            "apps enable",
            "versions list",
            "versions get",
            "versions upload",
            "versions download",
            "tokens create",
            "tokens list",
            "tokens revoke",
            "runners list",
            "login",
            "logout",
            "me",
            "status",
            "config set",
            "config get",
            "config list",
            "config use",
            "completion",
            "version");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_explains_itself_and_takes_the_common_options(String command) {
    TestCli.Result result = cli.run((command + " --help").split(" "));

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith("Usage: minitower-cli " + command)
        .contains("--json", "--server=URL", "--profile=NAME", "--verbose")
        .containsPattern("Examples?: ");
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
        "runs logs 12 --since yesterday",
        "runs logs 12 --grep (",
        "runs logs 12 --stream both",
        "runs logs 12 --tail -1",
        "runs logs 12 --tail 100001",
        "apps update hello",
        "completion tcsh",
        "me --server http://user:pw@host"
      })
  void misread_command_line_ends_with_64_and_calls_nobody(String line) {
    TestCli.Result result = cli.with("MINITOWER_API_TOKEN", "mtk_x").run(line.split(" "));

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(result.err()).startsWith("error: ").doesNotContain("\tat ");
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "runs lst, runs list",
    "rnus list, runs",
    "deplyo, deploy",
    "logs 12, runs logs",
    "cancel 12, runs cancel",
    "upload hello x, versions upload",
    "comp, completion",
    "deploy --dr, --dry-run",
    "deploy --forse, --force",
    "runs list --limt=3, --limit",
    "me --jsno, --json"
  })
  void mistyped_command_or_option_gets_a_suggestion(String line, String meant) {
    TestCli.Result result = cli.run(line.split(" "));

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(result.err()).contains("  did you mean " + meant + "?\n");
  }

  @Test
  void word_that_resembles_nothing_gets_no_suggestion() {
    assertThat(cli.run("zzyzx").err())
        .isEqualTo("error: unknown command 'zzyzx'\nsee: minitower-cli --help\n");
    assertThat(cli.run("me", "too").err()).startsWith("error: 'too' is one argument too many\n");
  }

  @Test
  void command_line_that_stops_at_a_group_shows_what_is_in_it() {
    TestCli.Result result = cli.run("runs");

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(result.err()).contains("create", "watch", "retry");
  }

  @Test
  void help_may_come_first() {
    assertThat(cli.run("help", "runs", "logs")).isEqualTo(cli.run("runs", "logs", "--help"));
    assertThat(cli.run("help")).isEqualTo(cli.run("--help"));
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
