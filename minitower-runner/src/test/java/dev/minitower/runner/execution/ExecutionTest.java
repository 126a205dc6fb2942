package dev.minitower.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.lifecycle.EndReason;
import dev.minitower.runner.cache.Cache;
import dev.minitower.runner.execution.Ending.Kind;
import dev.minitower.runner.files.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionTest {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<Preparation> preparations = new CopyOnWriteArrayList<>();
  private final StopSignal stop = new StopSignal();

  @TempDir Path folder;
  private Workspace workspace;
  private Cache cache;

  @BeforeEach
  void makeWorkspace() throws IOException {
    workspace = Workspace.create(folder.resolve("work"));
    cache = Cache.open(folder.resolve("cache"), 1_000_000_000);
  }

  @AfterEach
  void closeCache() throws IOException {
    cache.close();
    FileTrees.delete(folder.resolve("cache"));
  }

  @Test
  void python_program_sees_its_input_its_folders_and_its_import_paths() throws Exception {
    write("lib/greeting.py", "def of(name): return 'Hello, ' + name");
    write(
        "app/main.py",
        """
        import os, json, greeting
        print(greeting.of(os.environ['name']))
        print(json.loads(os.environ['MINITOWER_INPUT'])['times'] + 1)
        print(os.getcwd())
        """);

    Ending ending =
        run(
            "app/main.py",
            List.of("lib"),
            Map.of("name", "Ada", "times", 2),
            Duration.ofSeconds(60));

    assertThat(ending).isEqualTo(new Ending(Kind.COMPLETED, 0, null, null));
    assertThat(lines).containsExactly("Hello, Ada", "3", workspace.project().toString());
  }

  @Test
  void program_that_fails_is_told_with_its_code_and_its_trace_is_in_the_log() throws Exception {
    write("main.py", "raise ValueError('boom')");

    assertThat(run("main.py"))
        .isEqualTo(new Ending(Kind.FAILED, 1, EndReason.EXIT, "exited with code 1"));
    assertThat(lines).endsWith("ValueError: boom");
  }

  @Test
  void program_that_a_signal_ends_is_told_with_the_name_of_the_signal() throws Exception {
    write("main.py", "import os; os.kill(os.getpid(), 9)");

    assertThat(run("main.py"))
        .isEqualTo(
            new Ending(Kind.FAILED, 137, EndReason.SIGNAL, "ended by SIGKILL (exit code 137)"));
  }

  @Test
  void program_over_its_time_is_told_so() throws Exception {
    write("main.py", "import time; time.sleep(100)");

    Ending ending = run("main.py", List.of(), Map.of(), Duration.ofSeconds(1));

    assertThat(ending.kind()).isEqualTo(Kind.FAILED);
    assertThat(ending.message()).isEqualTo("timeout: timed out after 1 s");
  }

  @Test
  void shell_script_is_run_by_the_shell_without_an_execute_bit() throws Exception {
    write("backup.sh", "echo \"from $who\"");

    assertThat(run("backup.sh", List.of(), Map.of("who", "sh"), Duration.ofSeconds(60)).kind())
        .isEqualTo(Kind.COMPLETED);
    assertThat(lines).containsExactly("from sh");
  }

  @Test
  void script_whose_name_looks_like_an_option_is_a_script() throws Exception {
    write("-c.py", "print('ran')");

    assertThat(run("-c.py").kind()).isEqualTo(Kind.COMPLETED);
    assertThat(lines).containsExactly("ran");
  }

  @Test
  void script_that_is_missing_is_the_artifacts_fault() throws Exception {
    assertThat(run("main.py"))
        .isEqualTo(
            Ending.failed(EndReason.ARTIFACT_INVALID, "the script main.py is not in the artifact"));
  }

  @Test
  void requirements_are_there_for_the_program_and_nobody_else() throws Exception {
    Wheels.make(workspace.project().resolve("wheels"), "shouting", "def of(t): return t.upper()");
    write("requirements.txt", "--no-index\n--find-links ./wheels\nshouting==1.0\n");
    write("main.py", "import shouting; print(shouting.of('hello'))");

    assertThat(run("main.py")).isEqualTo(new Ending(Kind.COMPLETED, 0, null, null));
    assertThat(lines).contains("Successfully installed shouting-1.0").endsWith("HELLO");

    Files.delete(workspace.project().resolve("requirements.txt"));
    assertThat(run("main.py").kind()).isEqualTo(Kind.FAILED);
    assertThat(lines).endsWith("ModuleNotFoundError: No module named 'shouting'");
  }

  @Test
  void requirements_that_can_not_be_installed_are_told_and_pips_words_are_in_the_log()
      throws Exception {
    write("requirements.txt", "--no-index\nno-such-package-anywhere==1\n");
    write("main.py", "print('not reached')");

    assertThat(run("main.py"))
        .isEqualTo(
            Ending.failed(
                EndReason.SETUP_FAILED,
                "installing the requirements of requirements.txt failed (pip exit code 1)"));
    assertThat(lines)
        .anyMatch(line -> line.contains("No matching distribution found for no-such-package"))
        .doesNotContain("not reached");
  }

  @Test
  void installation_can_be_cancelled() throws Exception {
    write("requirements.txt", "x");
    write("main.py", "print('not reached')");
    stop.stop(StopReason.CANCELLED);

    assertThat(run("main.py").kind()).isEqualTo(Kind.CANCELLED);
    assertThat(lines).isEmpty();
  }

  @Test
  void runner_without_python_hands_python_back_and_still_runs_shell() throws Exception {
    write("main.py", "");
    write("main.sh", "exit 0");
    var execution =
        new Execution(
            new Confinement(new SessionHold(), Isolation.PROCESS, Limits.NONE, ""),
            new PythonSettings("no-such-python", "none", cache),
            Duration.ofSeconds(1),
            Map.of());

    assertThat(
            execution.run(
                workload("main.py"), workspace, (stream, bytes, count) -> {}, stop, done -> {}))
        .isEqualTo(
            Ending.handedBack(
                EndReason.NO_INTERPRETER, "this runner has no Python: no-such-python"));
    assertThat(
            execution
                .run(workload("main.sh"), workspace, (stream, bytes, count) -> {}, stop, done -> {})
                .kind())
        .isEqualTo(Kind.COMPLETED);
  }

  @Test
  void input_that_no_environment_can_hold_is_the_runs_fault_and_named() throws Exception {
    write("main.py", "");

    Ending ending =
        run("main.py", List.of(), Map.of("x", "y".repeat(200_000)), Duration.ofSeconds(60));

    assertThat(ending.kind()).isEqualTo(Kind.FAILED);
    assertThat(ending.message()).contains("input is too large");
  }

  private Ending run(String entrypoint) throws Exception {
    return run(entrypoint, List.of(), Map.of(), Duration.ofSeconds(60));
  }

  private Ending run(
      String entrypoint, List<String> importPaths, Map<String, Object> input, Duration timeout)
      throws Exception {
    var workload = new Workload(entrypoint, importPaths, input, Map.of(), timeout, marker());
    var execution =
        new Execution(
            Confinement.detect(Isolation.PROCESS, Limits.NONE, new Sandbox(List.of(), true)),
            new PythonSettings("python3", "none", cache),
            Duration.ofSeconds(2),
            System.getenv());
    return execution.run(
        workload,
        workspace,
        new LineSink((stream, line) -> lines.add(line)),
        stop,
        preparations::add);
  }

  private static Workload workload(String entrypoint) {
    return new Workload(
        entrypoint, List.of(), Map.of(), Map.of(), Duration.ofSeconds(60), marker());
  }

  private static Marker marker() {
    return new Marker(UUID.randomUUID().toString(), 1);
  }

  private void write(String name, String text) throws IOException {
    Path file = workspace.project().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
