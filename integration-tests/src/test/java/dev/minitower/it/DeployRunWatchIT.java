package dev.minitower.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.api.LogEntryResponse;
import dev.minitower.model.api.LogStream;
import dev.minitower.model.api.RunResponse;
import dev.minitower.model.lifecycle.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The main job: a folder is deployed, run and watched to its end, by command line. */
class DeployRunWatchIT {
  @RegisterExtension static final Site site = Site.withLongLeases();

  @BeforeEach
  void startRunner() {
    var unused = site.startRunner("worker");
  }

  @Test
  void output_arrives_complete_and_in_order_on_the_stream_it_was_written_to() {
    site.cli()
        .deploy(
            site.python(
                "count",
                """
                import sys
                for i in range(1, 501):
                    print("out", i)
                    print("err", i, file=sys.stderr)
                """));
    String runId = site.cli().mustRun("runs", "create", "count", "--json").field("run_id");

    Cli.Result watched = site.cli().run("runs", "watch", runId);

    assertThat(watched.exitCode()).isZero();
    assertThat(watched.lines()).isEqualTo(numbered("out ", 500));
    assertThat(watched.err().lines().filter(line -> line.startsWith("err ")))
        .isEqualTo(numbered("err ", 500));
    assertThat(watched.err()).contains("run " + runId + " completed");
  }

  @Test
  void script_that_fails_ends_the_watch_with_1_its_message_and_its_exit_code() {
    site.cli()
        .deploy(
            site.python(
                "broken",
                """
                import sys
                print("reading")
                print("the source is empty", file=sys.stderr)
                sys.exit(7)
                """));

    Cli.Result followed = site.cli().run("runs", "create", "broken", "--follow", "--max-retries=5");

    assertThat(followed.exitCode()).isEqualTo(1);
    assertThat(followed.lines()).containsExactly("reading");
    assertThat(followed.err()).contains("the source is empty", "failed", "exit code 7");
    Cli.Result shown = site.cli().mustRun("runs", "list", "--json");
    assertThat(shown.out()).contains("\"exit_code\":7", "\"retry_count\":0");
  }

  @Test
  void parameters_reach_the_script_as_variables_and_as_one_input_and_no_secret_does() {
    site.cli()
        .deploy(
            site.project(
                    "greet",
                    """
                    script = "main.py"
                    [[parameters]]
                    name = "GREETING"
                    default = "Hello"
                    [[parameters]]
                    name = "TIMES"
                    type = "integer"
                    default = 1
                    [[parameters]]
                    name = "LOUD"
                    type = "boolean"
                    default = false
                    """)
                .with(
                    "main.py",
                    """
                    import json, os
                    print(os.environ["GREETING"], os.environ["TIMES"], os.environ["LOUD"])
                    print(json.dumps(json.loads(os.environ["MINITOWER_INPUT"]), sort_keys=True))
                    print(os.environ["MINITOWER_APP"], os.environ["MINITOWER_ATTEMPT_NO"])
                    print([name for name in os.environ if "TOKEN" in name])
                    """));

    Cli.Result followed =
        site.cli().run("runs", "create", "greet", "-p", "TIMES=3", "-p", "LOUD=true", "--follow");

    assertThat(followed.lines())
        .containsExactly(
            "Hello 3 true",
            "{\"GREETING\": \"Hello\", \"LOUD\": true, \"TIMES\": 3}",
            "greet 1",
            "[]");
    Cli.Result refused = site.cli().run("runs", "create", "greet", "-p", "TIMES=often");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("TIMES");
  }

  @Test
  void project_with_folders_on_its_import_path_finds_its_packages_and_its_data() {
    site.cli()
        .deploy(
            site.project(
                    "sums", "script = \"./jobs/main.py\"\nimport_paths = [\"./lib\", \"more\"]\n")
                .with("lib/sums/__init__.py", "def total(rows): return sum(map(int, rows))\n")
                .with("more/naming.py", "def label(n): return f'total={n}'\n")
                .with("data/numbers.csv", "1\n2\n39\n")
                .with(
                    "jobs/main.py",
                    """
                    import naming, sums
                    print(naming.label(sums.total(open("data/numbers.csv"))))
                    """));

    Cli.Result followed = site.cli().run("runs", "create", "sums", "--follow");

    assertThat(followed.lines()).containsExactly("total=42");
    assertThat(followed.exitCode()).isZero();
  }

  @Test
  void shell_script_runs_and_its_exit_code_is_the_runs() {
    site.cli()
        .deploy(
            site.project("saver", "script = \"backup.sh\"\n")
                .with("backup.sh", "echo \"saving $what\"\n[ \"$what\" = all ]\n"));

    Cli.Result good = site.cli().run("runs", "create", "saver", "-p", "what=all", "--follow");
    Cli.Result bad = site.cli().run("runs", "create", "saver", "-p", "what=none", "--follow");

    assertThat(good.lines()).containsExactly("saving all");
    assertThat(good.exitCode()).isZero();
    assertThat(bad.lines()).containsExactly("saving none");
    assertThat(bad.exitCode()).isEqualTo(1);
  }

  @Test
  void requirements_are_installed_from_a_wheel_in_the_project_without_a_network()
      throws IOException {
    Project project =
        site.python("wheels", "import greeting\nprint(greeting.TEXT)\n")
            .with("requirements.txt", "--no-index\n--find-links wheels\ngreeting==1.0\n");
    Wheel.write(project.folder().resolve("wheels"), "greeting", "TEXT = 'hello from a wheel'\n");
    site.cli().deploy(project);

    Cli.Result followed = site.cli().run("runs", "create", "wheels", "--follow");

    assertThat(followed.exitCode()).as(followed.err()).isZero();
    assertThat(followed.lines()).last().isEqualTo("hello from a wheel");
  }

  @Test
  void deploying_the_same_tree_again_makes_no_version_and_a_changed_one_does() {
    Project project = site.python("twice", "print(1)\n");
    site.cli().deploy(project);

    Cli.Result same = site.cli().run("deploy", "--dir", project.folder().toString());
    Cli.Result changed =
        site.cli()
            .run("deploy", "--dir", project.with("main.py", "print(2)\n").folder().toString());

    assertThat(same.exitCode()).isZero();
    assertThat(same.out()).contains("no changes since version 1");
    assertThat(changed.out()).contains("version 2");
    Cli.Result old = site.cli().run("runs", "create", "twice", "--version=1", "--follow");
    assertThat(old.lines()).containsExactly("1");
  }

  @Test
  void two_hundred_thousand_fast_lines_arrive_complete() {
    site.cli()
        .deploy(
            site.python(
                "flood",
                """
                import sys
                sys.stdout.write("".join(f"line {i}\\n" for i in range(1, 200_001)))
                """));

    Cli.Result followed = site.cli().run("runs", "create", "flood", "--follow");

    assertThat(followed.exitCode()).isZero();
    assertThat(followed.lines()).isEqualTo(numbered("line ", 200_000));
  }

  @Test
  void output_that_is_not_text_arrives_readable_and_stops_nothing() {
    site.cli()
        .deploy(
            site.python(
                "noise",
                """
                import sys
                sys.stdout.buffer.write(b"bad \\xff\\xfe bytes\\n")
                sys.stdout.buffer.write(b"x" * 20_000 + b"\\n")
                sys.stdout.buffer.write(b"\\x00\\x1b[31mred\\n")
                sys.stdout.buffer.write(b"no end of line")
                """));
    RunResponse run = site.api().createRun("noise", Map.of(), 0);

    RunResponse ended = site.api().awaitEnd(run.runId());

    assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED);
    List<String> lines = site.api().lines(run.runId(), 1);
    assertThat(lines)
        .startsWith("bad \ufffd\ufffd bytes")
        .endsWith("\0\u001b[31mred", "no end of line");
    assertThat(String.join("", lines.subList(1, lines.size() - 2))).isEqualTo("x".repeat(20_000));
    assertThat(site.api().log(run.runId(), 1))
        .extracting(LogEntryResponse::stream)
        .containsOnly(LogStream.STDOUT);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void every_example_runs_as_it_is(Path example) {
    String deployed = site.cli().mustRun("deploy", "--dir", example.toString(), "--json").out();

    Cli.Result followed =
        site.cli().run("runs", "create", example.getFileName().toString(), "--follow");

    assertThat(deployed).contains("\"version_no\":1");
    assertThat(followed.exitCode()).as(followed.err()).isZero();
    assertThat(followed.lines()).isNotEmpty();
  }

  static List<Path> examples() throws IOException {
    Path root = Path.of(System.getProperty("minitower.root", "..")).resolve("examples");
    try (Stream<Path> folders = Files.list(root)) {
      return folders.map(folder -> folder.toAbsolutePath().normalize()).sorted().toList();
    }
  }

  private static List<String> numbered(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
  }
}
