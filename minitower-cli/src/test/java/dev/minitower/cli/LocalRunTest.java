package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.cli.platform.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Real processes, by the runner's own code. */
@Timeout(120)
class LocalRunTest {
  private static final String TOWERFILE =
      """
      [app]
      name = "greet"
      script = "./main.sh"

      [[parameters]]
      name = "GREETING"
      default = "Hello"

      [[parameters]]
      name = "TIMES"
      type = "integer"
      default = 1
      """;

  @TempDir Path home;

  private TestCli cli;
  private Path project;

  @BeforeEach
  void makeProject() throws IOException {
    cli =
        new TestCli(home)
            .with("PATH", System.getenv("PATH"))
            .with("SECRET", "not for the program")
            .with("MINITOWER_API_TOKEN", "mtk_secret")
            .clock(InstantSource.system());
    project = Files.createDirectory(home.resolve("project"));
    write("Towerfile", TOWERFILE);
  }

  @Test
  void output_arrives_byte_for_byte_where_it_was_written_and_0_comes_out() throws IOException {
    write("main.sh", "printf 'no line end, \\033[1mbold\\033[0m'; printf 'oops\\n' >&2\n");

    TestCli.Result result = cli.onTerminal().run("run", "--local", "--dir", project.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("no line end, \u001b[1mbold\u001b[0m");
    assertThat(result.err()).contains("oops\n").containsPattern("local run completed after \\d");
  }

  @Test
  void program_sees_its_parameters_and_the_runners_variables_and_nothing_of_the_callers()
      throws IOException {
    write("main.sh", "echo \"$MINITOWER_INPUT\"; env | cut -d= -f1 | sort | tr '\\n' ' '; pwd\n");

    TestCli.Result result = runLocally("-p", "TIMES=3", "--input", "{\"extra\":[1]}");

    assertThat(result.out().lines().findFirst())
        .contains("{\"extra\":[1],\"TIMES\":3,\"GREETING\":\"Hello\"}");
    assertThat(result.out())
        .contains("GREETING ", "MINITOWER_APP ", "MINITOWER_ENVIRONMENT ", "MINITOWER_RUN_ID ")
        .doesNotContain("SECRET", "TOKEN", project.toString());
  }

  @Test
  void exit_code_of_the_program_is_told_and_1_comes_out() throws IOException {
    write("main.sh", "exit 7\n");

    TestCli.Result result = runLocally();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("local run failed after ", "with exit code 7");
  }

  @Test
  void value_of_the_wrong_type_is_refused_before_anything_runs() throws IOException {
    write("main.sh", "echo ran\n");

    TestCli.Result result = runLocally("-p", "TIMES=often");

    assertThat(result)
        .isEqualTo(
            new TestCli.Result(
                1,
                "",
                """
                error: the input doesn't fit the parameters of the Towerfile
                  input.TIMES: must be an integer, not this string
                """));
  }

  @Test
  void timeout_of_the_towerfile_ends_the_program() throws IOException {
    write(
        "Towerfile",
        """
        [app]
        name = "greet"
        script = "main.sh"
        timeout.seconds = 1
        """);
    write("main.sh", "echo begun; while :; do sleep 1; done\n");

    TestCli.Result result = runLocally();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("begun\n");
    assertThat(result.err()).contains("timed out after 1 s");
  }

  @Test
  void only_what_a_deploy_would_pack_is_there_and_nothing_is_left_in_the_project()
      throws IOException {
    write("main.sh", "ls -A; echo new > written-by-the-run\n");
    write("left-out.txt", "");
    write(".minitowerignore", "left-out.txt\n");

    TestCli.Result result = runLocally();

    assertThat(result.out().lines()).containsExactlyInAnyOrder("Towerfile", "main.sh");
    assertThat(project.resolve("written-by-the-run")).doesNotExist();
  }

  @Test
  void python_runs_with_its_import_paths() throws IOException {
    write(
        "Towerfile",
        """
        [app]
        name = "greet"
        script = "main.py"
        import_paths = ["lib"]
        """);
    write("main.py", "import sys, words\nprint(words.HELLO, sys.stdin.read() == '')\n");
    Files.createDirectory(project.resolve("lib"));
    write("lib/words.py", "HELLO = 'hello from lib'\n");

    assertThat(runLocally().out()).isEqualTo("hello from lib True\n");
  }

  @Test
  void missing_interpreter_is_told() throws IOException {
    write("Towerfile", "[app]\nname = \"greet\"\nscript = \"main.py\"\n");
    write("main.py", "");
    cli.with("MINITOWER_PYTHON_BIN", "python-of-nowhere");

    TestCli.Result result = runLocally();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("no Python: python-of-nowhere");
  }

  @Test
  void interrupt_ends_the_program_and_waits_until_nothing_of_it_is_left() throws Exception {
    write("main.sh", "trap 'echo bye; exit 0' TERM; echo $$ >&2; while :; do sleep 0.1; done\n");
    var interrupt = new AtomicReference<Runnable>();
    cli.interrupts(
        lastWord -> {
          interrupt.set(lastWord);
          return () -> {};
        });
    var running = CompletableFuture.supplyAsync(this::runLocally);
    await().atMost(Duration.ofSeconds(30)).until(() -> workspaces().size() == 1);

    interrupt.get().run();

    assertThat(workspaces()).isEmpty();
    assertThat(running.get().exitCode()).isEqualTo(2);
    assertThat(running.get().err()).contains("local run cancelled");
  }

  @Test
  void json_is_a_line_for_each_line_and_the_end() throws IOException {
    write("main.sh", "echo one; echo two; printf three\n");

    List<JsonNode> lines = runLocally("--json").out().lines().map(Json::parse).toList();

    assertThat(lines.subList(0, 3))
        .extracting(line -> line.path("line").asString())
        .containsExactly("one", "two", "three");
    assertThat(lines.get(0).path("stream").asString()).isEqualTo("stdout");
    assertThat(lines.get(3).path("status").asString()).isEqualTo("completed");
    assertThat(lines.get(3).path("exit_code").asInt()).isZero();
    assertThat(lines.get(3).path("input").path("TIMES").asInt()).isEqualTo(1);
  }

  @Test
  void no_workspace_stays_and_what_a_killed_run_has_left_goes() throws IOException {
    Path leftover = Files.createDirectories(runs().resolve("1-0-killed"));
    write("main.sh", "true\n");

    var unused = runLocally();

    assertThat(leftover).doesNotExist();
    assertThat(workspaces()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--deploy", "--detach", "--version=1", "--priority=1", "other"})
  void what_only_a_server_can_do_is_refused(String argument) throws IOException {
    write("main.sh", "true\n");

    assertThat(runLocally(argument).exitCode()).isEqualTo(64);
  }

  private TestCli.Result runLocally(String... more) {
    String[] fixed = {"run", "--local", "--dir", project.toString()};
    return cli.run(Stream.concat(Stream.of(fixed), Stream.of(more)).toArray(String[]::new));
  }

  private Path runs() {
    return home.resolve(".cache/minitower/runs");
  }

  private List<Path> workspaces() throws IOException {
    if (!Files.isDirectory(runs())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runs())) {
      return folders.toList();
    }
  }

  private void write(String name, String content) throws IOException {
    var unused = Files.writeString(project.resolve(name), content);
  }
}
