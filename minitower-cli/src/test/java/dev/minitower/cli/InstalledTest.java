package dev.minitower.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program put under a prefix by the script, and started from there by each Java there is. */
@Timeout(180)
class InstalledTest {
  private static final Path SCRIPT =
      Path.of("..", "scripts", "install-cli.sh").toAbsolutePath().normalize();

  @TempDir static Path jars;
  private static Path jar;

  @TempDir Path folder;

  @BeforeAll
  static void packJar() throws IOException {
    jar = RealCli.packJar(jars.resolve("cli.jar"));
  }

  /** The archive of classes is made behind the caller's back, who may be gone by then. */
  @AfterEach
  void awaitArchives() {
    await().atMost(Duration.ofSeconds(60)).until(() -> cached(".lock").isEmpty());
  }

  @Test
  void prefix_with_a_space_gets_launcher_jar_and_completions() throws Exception {
    assertThat(install().exitCode()).isZero();

    assertThat(installed())
        .containsExactly(
            "bin/minitower-cli",
            "lib/minitower-cli.jar",
            "share/bash-completion/completions/minitower-cli",
            "share/fish/vendor_completions.d/minitower-cli.fish",
            "share/zsh/site-functions/_minitower-cli");
    assertThat(Files.size(prefix().resolve("share/zsh/site-functions/_minitower-cli")))
        .isPositive();
    assertThat(run(Map.of("MINITOWER_CLI_CDS", "off"), launcher(), "--version").text())
        .startsWith("minitower-cli 1.2.3");
  }

  @Test
  void installation_can_be_repeated_and_taken_away() throws Exception {
    assertThat(install().exitCode()).isZero();
    assertThat(install().exitCode()).isZero();
    Path foreign = Files.writeString(prefix().resolve("bin/another"), "x");

    Finished gone = install("--uninstall");

    assertThat(gone.exitCode()).isZero();
    assertThat(gone.text()).contains("is gone from " + prefix());
    assertThat(installed()).containsExactly(prefix().relativize(foreign).toString());
  }

  @Test
  void jar_that_does_not_start_leaves_the_installed_one_alone() throws Exception {
    assertThat(install().exitCode()).isZero();
    Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar");
    List<String> before = installed();

    Finished refused =
        run(Map.of("MINITOWER_CLI_JAR", broken.toString()), "sh", SCRIPT, "--prefix", prefix());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.text()).contains("nothing was installed because the program doesn't start");
    assertThat(installed()).isEqualTo(before);
    assertThat(run(Map.of(), launcher(), "--version").exitCode()).isZero();
  }

  @Test
  void unknown_option_is_refused() throws Exception {
    Finished refused = run(Map.of(), "sh", SCRIPT, "--prefiks", prefix());

    assertThat(refused.exitCode()).isEqualTo(64);
    assertThat(refused.text()).contains("there is no option '--prefiks'");
    assertThat(prefix()).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("javas")
  void archive_of_classes_is_made_at_the_first_start_and_used_at_the_second(Path java)
      throws Exception {
    assertThat(install().exitCode()).isZero();
    var home = Map.of("JAVA_HOME", java.toString());
    assertThat(run(home, launcher(), "--version").text()).startsWith("minitower-cli 1.2.3");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> cached(".jsa").size() + cached(".aot").size() == 1);
    String archive = Stream.of(".jsa", ".aot").flatMap(end -> cached(end).stream()).toList().get(0);
    var testEnds = new CountDownLatch(1);
    try (var server = ScriptedControlPlane.start()) {
      var called = new CountDownLatch(1);
      server.answers(
          "GET /api/v1/me",
          exchange -> {
            called.countDown();
            awaitQuietly(testEnds);
          });
      Process cli = process(connected(home, server), launcher(), "me").start();
      assertThat(called.await(60, TimeUnit.SECONDS)).isTrue();

      assertThat(Files.readString(Path.of("/proc/" + cli.pid() + "/maps"))).contains(archive);

      cli.destroy();
      assertThat(cli.waitFor(60, TimeUnit.SECONDS)).isTrue();
      testEnds.countDown();
    }
  }

  /** This test's own, and one of each version in the usual place. */
  static List<Path> javas() throws IOException {
    List<Path> javas = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    Path usual = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(usual)) {
      try (Stream<Path> homes = Files.list(usual)) {
        homes
            .filter(home -> !Files.isSymbolicLink(home) && isRecent(home))
            .filter(home -> !javas.contains(home))
            .forEach(javas::add);
      }
    }
    return javas;
  }

  private static boolean isRecent(Path home) {
    try {
      return Files.isExecutable(home.resolve("bin/java"))
          && Files.readString(home.resolve("release"))
              .matches("(?s).*JAVA_VERSION=\"(1[7-9]|[2-9][0-9]).*");
    } catch (IOException noRelease) {
      return false;
    }
  }

  private static Map<String, String> connected(
      Map<String, String> home, ScriptedControlPlane server) {
    return Map.of(
        "JAVA_HOME", home.get("JAVA_HOME"),
        "MINITOWER_SERVER_URL", server.url(),
        "MINITOWER_API_TOKEN", "mtk_secret");
  }

  private record Finished(int exitCode, String text) {}

  private Finished install(Object... more) throws Exception {
    List<Object> command = new ArrayList<>(List.of("sh", SCRIPT, "--prefix", prefix()));
    command.addAll(List.of(more));
    return run(Map.of("MINITOWER_CLI_JAR", jar.toString()), command.toArray());
  }

  private Finished run(Map<String, String> variables, Object... command) throws Exception {
    Path output = folder.resolve("output");
    Process process = process(variables, command).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Finished(process.exitValue(), Files.readString(output, UTF_8));
  }

  private ProcessBuilder process(Map<String, String> variables, Object... command) {
    var builder =
        new ProcessBuilder(Stream.of(command).map(Object::toString).toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    RealCli.cleanEnvironment(builder.environment(), folder);
    builder.environment().put("XDG_CACHE_HOME", cache().toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(variables);
    return builder;
  }

  private Path prefix() {
    return folder.resolve("a prefix");
  }

  private Path cache() {
    return folder.resolve("a cache");
  }

  private Path launcher() {
    return prefix().resolve("bin/minitower-cli");
  }

  private List<String> installed() throws IOException {
    try (Stream<Path> files = Files.walk(prefix())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> prefix().relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private List<String> cached(String ending) {
    Path made = cache().resolve("minitower-cli");
    if (!Files.isDirectory(made)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(made)) {
      return files.map(Path::toString).filter(name -> name.endsWith(ending)).toList();
    } catch (IOException | UncheckedIOException goneMeanwhile) {
      return List.of(".lock");
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException serverStopped) {
      Thread.currentThread().interrupt();
    }
  }
}
