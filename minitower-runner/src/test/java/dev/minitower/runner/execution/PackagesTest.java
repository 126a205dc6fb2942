package dev.minitower.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.minitower.model.lifecycle.EndReason;
import dev.minitower.runner.cache.Cache;
import dev.minitower.runner.execution.Ending.Kind;
import dev.minitower.runner.execution.Preparation.Packages;
import dev.minitower.runner.files.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages of a project with a real pip, from a folder of wheels instead of an index. */
class PackagesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Ending COMPLETED = new Ending(Kind.COMPLETED, 0, null, null);
  private static final Map<String, String> SHOUTING =
      Map.of(
          "requirements.txt", "shouting==1.0\n",
          "main.py", "import shouting; print(shouting.of('hello'))");

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @TempDir Path folder;
  private Path wheels;
  private Cache cache;

  @BeforeEach
  void prepare() throws IOException {
    wheels = folder.resolve("wheels");
    Wheels.make(
        wheels,
        "shouting",
        "import sys\ndef of(t): return t.upper()\ndef main(): print(of('a program'), sys.prefix)",
        "main");
    cache = Cache.open(folder.resolve("cache"), 1_000_000_000);
  }

  @AfterEach
  void close() throws IOException {
    threads.shutdownNow();
    cache.close();
    FileTrees.delete(folder.resolve("cache"));
  }

  @Test
  void second_run_with_the_same_requirements_installs_nothing() throws Exception {
    Job first = new Job(SHOUTING);
    Job second = new Job(SHOUTING);

    assertThat(first.run()).isEqualTo(COMPLETED);
    FileTrees.delete(wheels);
    assertThat(second.run()).isEqualTo(COMPLETED);

    assertThat(first.packages).containsExactly(Packages.BUILT);
    assertThat(second.packages).containsExactly(Packages.REUSED);
    assertThat(second.lines)
        .containsExactly("[minitower] packages of requirements.txt: reused", "HELLO");
  }

  @Test
  void programs_of_packages_run_from_the_environment_that_the_variables_name() throws Exception {
    Job job =
        new Job(
            Map.of(
                "requirements.txt",
                "shouting\n",
                "main.py",
                """
                import os, shouting, subprocess, sys
                print(subprocess.run(['shouting'], capture_output=True, text=True).stdout.strip())
                print(sys.prefix == os.environ['VIRTUAL_ENV'], shouting.of.__code__.co_filename)
                print(open(os.environ['VIRTUAL_ENV'] + '/pyvenv.cfg').read())
                print(open(os.environ['VIRTUAL_ENV'] + '/bin/activate').read())
                """));

    assertThat(job.run()).isEqualTo(COMPLETED);

    String environment = onlyEnvironment().toString();
    assertThat(job.lines)
        .contains("A PROGRAM " + environment)
        .anyMatch(line -> line.startsWith("True " + environment + "/lib/"))
        .anyMatch(line -> line.matches("VIRTUAL_ENV=\"?" + environment + "\"?"))
        .noneMatch(line -> line.contains("new-"));
  }

  @Test
  void environment_is_closed_to_writers() throws Exception {
    assertThat(new Job(SHOUTING).run()).isEqualTo(COMPLETED);

    try (var paths = Files.walk(onlyEnvironment())) {
      assertThat(paths.filter(path -> !Files.isSymbolicLink(path)).map(PackagesTest::permissions))
          .hasSizeGreaterThan(10)
          .noneMatch(permissions -> permissions.contains("w"));
    }
  }

  @Test
  void failed_installation_leaves_nothing_behind_but_pips_words_in_the_log() throws Exception {
    Job job = new Job(Map.of("requirements.txt", "no-such-package==1\n", "main.py", ""));

    assertThat(job.run())
        .isEqualTo(
            Ending.failed(
                EndReason.SETUP_FAILED,
                "installing the requirements of requirements.txt failed (pip exit code 1)"));

    assertThat(job.lines)
        .anyMatch(line -> line.contains("No matching distribution found for no-such-package"));
    assertThat(job.packages).isEmpty();
    assertThat(environments()).isEmptyDirectory();
  }

  @Test
  void two_runs_at_once_install_once_and_the_second_says_that_it_waits() throws Exception {
    try (var index = new SlowIndex(wheels)) {
      Execution execution = execution("none", fromIndex(index));
      Job first = new Job(SHOUTING);
      Job second = new Job(SHOUTING);
      Future<Ending> firstEnding = threads.submit(() -> first.run(execution));
      await().atMost(PATIENCE).until(() -> index.downloads() == 1);
      Future<Ending> secondEnding = threads.submit(() -> second.run(execution));
      await().atMost(PATIENCE).until(second::waits);

      index.goOn();

      assertThat(firstEnding.get(60, TimeUnit.SECONDS)).isEqualTo(COMPLETED);
      assertThat(secondEnding.get(60, TimeUnit.SECONDS)).isEqualTo(COMPLETED);
      assertThat(first.packages).containsExactly(Packages.BUILT);
      assertThat(second.packages).containsExactly(Packages.REUSED);
      assertThat(index.downloads()).isEqualTo(1);
      assertThat(folder.resolve("cache/wheels/pip")).isNotEmptyDirectory();
    }
  }

  @Test
  void run_that_waits_for_another_can_be_cancelled_and_the_other_goes_on() throws Exception {
    try (var index = new SlowIndex(wheels)) {
      Execution execution = execution("none", fromIndex(index));
      Job first = new Job(SHOUTING);
      Job second = new Job(SHOUTING);
      Future<Ending> firstEnding = threads.submit(() -> first.run(execution));
      await().atMost(PATIENCE).until(() -> index.downloads() == 1);
      Future<Ending> secondEnding = threads.submit(() -> second.run(execution));
      await().atMost(PATIENCE).until(second::waits);

      second.stop.stop(StopReason.CANCELLED);

      assertThat(secondEnding.get(5, TimeUnit.SECONDS))
          .isEqualTo(Ending.stopped(StopReason.CANCELLED));
      index.goOn();
      assertThat(firstEnding.get(60, TimeUnit.SECONDS)).isEqualTo(COMPLETED);
    }
  }

  @Test
  void when_the_one_that_installs_is_cancelled_the_one_that_waits_installs() throws Exception {
    try (var index = new SlowIndex(wheels)) {
      Execution execution = execution("none", fromIndex(index));
      Job first = new Job(SHOUTING);
      Job second = new Job(SHOUTING);
      Future<Ending> firstEnding = threads.submit(() -> first.run(execution));
      await().atMost(PATIENCE).until(() -> index.downloads() == 1);
      Future<Ending> secondEnding = threads.submit(() -> second.run(execution));
      await().atMost(PATIENCE).until(second::waits);

      first.stop.stop(StopReason.CANCELLED);
      assertThat(firstEnding.get(20, TimeUnit.SECONDS))
          .isEqualTo(Ending.stopped(StopReason.CANCELLED));
      index.goOn();

      assertThat(secondEnding.get(60, TimeUnit.SECONDS)).isEqualTo(COMPLETED);
      assertThat(second.packages).containsExactly(Packages.BUILT);
    }
  }

  @Test
  void environment_whose_interpreter_is_gone_is_built_anew() throws Exception {
    assertThat(new Job(SHOUTING).run()).isEqualTo(COMPLETED);
    Path bin = onlyEnvironment().resolve("bin");
    Files.setPosixFilePermissions(bin, PosixFilePermissions.fromString("rwx------"));
    Files.delete(bin.resolve("python"));

    Job second = new Job(SHOUTING);

    assertThat(second.run()).isEqualTo(COMPLETED);
    assertThat(second.packages).containsExactly(Packages.BUILT);
  }

  @Test
  void what_can_not_be_shared_is_installed_in_the_workspace() throws Exception {
    Path elsewhere = folder.resolve("elsewhere");
    Wheels.make(elsewhere, "whispering", "def of(t): return t.lower()");
    String wheel = elsewhere.resolve("whispering-1.0-py3-none-any.whl").toString();
    Job job =
        new Job(
            Map.of(
                "requirements.txt",
                "shouting\n" + wheel + "\n",
                "main.py",
                "import os, whispering; print(os.environ['VIRTUAL_ENV'])"));

    assertThat(job.run()).isEqualTo(COMPLETED);

    assertThat(job.lines).endsWith(job.workspace.virtualEnvironment().toString());
    assertThat(environments()).isEmptyDirectory();
  }

  @Test
  void cache_that_can_not_be_used_fails_no_run() throws Exception {
    FileTrees.delete(environments());
    Files.writeString(environments(), "not a folder");

    assertThat(new Job(SHOUTING).run()).isEqualTo(COMPLETED);
  }

  @Test
  void uv_is_used_when_it_is_there_with_a_cache_of_its_own() throws Exception {
    Path uv = standIn("echo uv 0.0.0");
    Job first = new Job(SHOUTING);
    Job second = new Job(SHOUTING);
    Execution execution = execution(uv.toString(), Map.of("UV_PUBLISH_TOKEN", "secret"));

    assertThat(first.run(execution)).isEqualTo(COMPLETED);
    assertThat(second.run(execution)).isEqualTo(COMPLETED);

    assertThat(first.lines)
        .startsWith("[minitower] packages of requirements.txt: installing with uv")
        .endsWith("HELLO");
    assertThat(second.packages).containsExactly(Packages.REUSED);
    String building = environments().resolve("new-").toString();
    List<String> calls = Files.readAllLines(folder.resolve("uv-calls"));
    assertThat(calls).hasSize(3);
    assertThat(calls.get(0)).startsWith("--version ");
    assertThat(calls.get(1)).matches("venv --no-progress --python \\S+ " + building + "\\S+ .*");
    assertThat(calls.get(2))
        .matches(
            "pip install --python %s\\S+/bin/python --no-progress --compile-bytecode"
                    .formatted(building)
                + " -r requirements.txt .*")
        .endsWith(" cache=" + folder.resolve("cache/wheels/uv") + " link=copy publish=");
  }

  @Test
  void uv_that_fails_fails_the_run_with_its_words() throws Exception {
    Path uv = standIn("echo uv 0.0.0; [ \"$1\" != pip ] || { echo no package >&2; exit 2; }");
    Job job = new Job(SHOUTING);

    assertThat(job.run(execution(uv.toString(), Map.of())))
        .isEqualTo(
            Ending.failed(
                EndReason.SETUP_FAILED,
                "installing the requirements of requirements.txt failed (uv exit code 2)"));

    assertThat(job.lines).contains("no package");
    assertThat(environments()).isEmptyDirectory();
  }

  @Test
  void uv_that_does_not_start_is_replaced_by_pip() throws Exception {
    Path uv = standIn("exit 1");
    var settings = new HashMap<>(fromFolder());
    settings.put("UV_OFFLINE", "1");
    Job job = new Job(SHOUTING);

    assertThat(job.run(execution(uv.toString(), settings))).isEqualTo(COMPLETED);
    assertThat(job.lines).contains("[minitower] packages of requirements.txt: installing with pip");
  }

  @Test
  void machine_that_is_set_up_for_pip_alone_installs_with_pip() throws Exception {
    Path uv = standIn("echo uv 0.0.0");
    Job job = new Job(SHOUTING);

    assertThat(job.run(execution(uv.toString(), fromFolder()))).isEqualTo(COMPLETED);
    assertThat(folder.resolve("uv-calls")).doesNotExist();
  }

  @Test
  void sandboxed_installer_and_program_share_the_environment_and_nothing_else_of_the_runners()
      throws Exception {
    assumeTrue(Holds.hasBubblewrap(), "bubblewrap is not installed, or may not make namespaces");
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    var files = new HashMap<>(SHOUTING);
    files.put("main.py", "import os, shouting\nprint(shouting.of('hello'), os.path.exists('%s'))");
    files.replace("main.py", files.get("main.py").formatted(secret));
    Job job = new Job(files);
    try (var index = new SlowIndex(wheels)) {
      index.goOn();
      var hold = new BubblewrapHold(new Sandbox(List.of(folder), false));

      assertThat(job.run(execution("none", fromIndex(index), hold))).isEqualTo(COMPLETED);
      assertThat(job.run(execution("none", fromIndex(index), hold))).isEqualTo(COMPLETED);
    }

    assertThat(job.packages).containsExactly(Packages.BUILT, Packages.REUSED);
    assertThat(job.lines).contains("HELLO False").doesNotContain("HELLO True");
  }

  @Test
  void installation_that_finds_the_disk_full_is_not_the_users_failure() throws Exception {
    Path uv =
        standIn(
            "echo uv 0.0.0; [ \"$1\" != pip ] || { echo 'error: No space left on device' >&2; exit 2; }");
    Job job = new Job(SHOUTING);

    assertThat(job.run(execution(uv.toString(), Map.of())))
        .isEqualTo(
            Ending.handedBack(
                EndReason.DISK_FULL,
                "installing the requirements of requirements.txt failed (uv exit code 2)"));
  }

  private Execution execution(String uv, Map<String, String> settings) {
    return execution(uv, settings, new SessionHold());
  }

  private Execution execution(String uv, Map<String, String> settings, Hold hold) {
    var variables = new HashMap<>(settings);
    variables.put("PATH", System.getenv("PATH"));
    return new Execution(
        new Confinement(hold, Isolation.PROCESS, Limits.NONE, ""),
        new PythonSettings("python3", uv, cache),
        Duration.ofSeconds(2),
        variables);
  }

  private Map<String, String> fromFolder() {
    return Map.of("PIP_NO_INDEX", "1", "PIP_FIND_LINKS", wheels.toString());
  }

  private static Map<String, String> fromIndex(SlowIndex index) {
    return Map.of(
        "PIP_NO_INDEX", "1", "PIP_FIND_LINKS", index.url(), "PIP_TRUSTED_HOST", "localhost");
  }

  /**
   * Stands in for uv, which can't be had here: writes down how it is called, and does the work with
   * venv and pip.
   */
  private Path standIn(String first) throws IOException {
    String script =
        """
        #!/bin/sh
        echo "$* cache=$UV_CACHE_DIR link=$UV_LINK_MODE publish=$UV_PUBLISH_TOKEN" >> %1$s/uv-calls
        %2$s
        case "$1" in
          venv) exec "$4" -m venv --without-pip "$5" ;;
          pip) exec python3 -m pip --python "$4" install --no-index --find-links %3$s \
            -r requirements.txt ;;
        esac
        """
            .formatted(folder, first, wheels);
    Path file = Files.writeString(folder.resolve("uv"), script);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private Path environments() {
    return folder.resolve("cache/environments");
  }

  private Path onlyEnvironment() throws IOException {
    try (var entries = Files.list(environments())) {
      List<Path> all = entries.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private static String permissions(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One run of a project and what is seen of it. */
  private final class Job {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Packages> packages = new CopyOnWriteArrayList<>();
    private final StopSignal stop = new StopSignal();
    private final Workspace workspace;

    Job(Map<String, String> files) throws IOException {
      workspace = Workspace.create(folder.resolve("work-" + UUID.randomUUID()));
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(workspace.project().resolve(file.getKey()), file.getValue());
      }
    }

    boolean waits() {
      return lines.stream().anyMatch(line -> line.endsWith("waiting for it"));
    }

    Ending run() throws IOException, InterruptedException {
      return run(execution("none", fromFolder()));
    }

    Ending run(Execution execution) throws IOException, InterruptedException {
      var marker = new Marker(UUID.randomUUID().toString(), 1);
      return execution.run(
          new Workload("main.py", List.of(), Map.of(), Map.of(), PATIENCE, marker),
          workspace,
          new LineSink((stream, line) -> lines.add(line)),
          stop,
          preparation -> packages.add(preparation.packages()));
    }
  }
}
