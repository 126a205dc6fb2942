package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandsTest {
  @TempDir Path home;

  private TestCli cli;

  @BeforeEach
  void makeCli() {
    cli = new TestCli(home);
  }

  @Test
  void value_that_was_set_is_got() {
    assertThat(cli.run("config", "set", "server", "https://tower.example.org/").exitCode())
        .isZero();

    TestCli.Result result = cli.run("config", "get", "server");

    assertThat(result.out()).isEqualTo("https://tower.example.org\n");
  }

  @Test
  void profiles_are_listed_with_the_active_one_and_no_token() {
    var first = cli.run("config", "set", "server", "http://a:1", "--profile", "home");
    var second = cli.run("config", "set", "server", "http://b:2", "--profile", "work");
    var token = cli.stdin("mtk_work\n").run("config", "set", "token", "-", "--profile", "work");
    var used = cli.run("config", "use", "work");

    TestCli.Result result = cli.run("config", "list");

    assertThat(first.exitCode() + second.exitCode() + token.exitCode() + used.exitCode()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            PROFILE  ACTIVE  SERVER      TOKEN
            home     -       http://a:1  -
            work     yes     http://b:2  set
            """);
    assertThat(cli.run("config", "list", "--json").out())
        .isEqualTo(
            "{\"active\":\"work\",\"profiles\":["
                + "{\"name\":\"home\",\"server\":\"http://a:1\",\"has_token\":false},"
                + "{\"name\":\"work\",\"server\":\"http://b:2\",\"has_token\":true}]}\n");
  }

  @Test
  void profile_that_is_not_there_cannot_be_used() {
    TestCli.Result result = cli.run("config", "use", "nowhere");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("there is no profile 'nowhere'");
  }

  @Test
  void value_that_is_not_set_is_an_error() {
    TestCli.Result result = cli.run("config", "get", "token");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("error: profile 'default' has no token\n");
  }

  @Test
  void damaged_file_is_named_and_left_alone_and_no_secret_of_it_is_shown() throws IOException {
    Path file = home.resolve("config.json");
    Files.writeString(file, "{\"profiles\": {\"default\": {\"token\": mtk_secret}}}");
    cli.with("MINITOWER_CLI_CONFIG", file.toString());

    TestCli.Result result = cli.run("config", "set", "server", "http://a:1");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains(file.toString())
        .contains("line 1, column")
        .doesNotContain("mtk_secret");
    assertThat(Files.readString(file)).contains("mtk_secret");
  }
}
