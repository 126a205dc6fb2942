package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher with a Java of our own that prints the arguments it was given, one a line. */
@Timeout(60)
class LauncherTest {
  private static final Path LAUNCHER =
      Path.of("..", "scripts", "minitower-cli").toAbsolutePath().normalize();

  /** Makes an archive when it is told to, as a real one does; fails on the word {@code fail}. */
  private static final String JAVA =
      """
      #!/bin/sh
      for argument; do
        case $argument in
          -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*) : > "${argument#*=}" ;;
          fail) exit 13 ;;
        esac
        printf '%s\\n' "$argument"
      done
      """;

  @TempDir Path folder;

  private Path jar;
  private Path cache;
  private boolean makesArchives;

  @BeforeEach
  void makeJar() throws IOException {
    jar = Files.writeString(folder.resolve("the cli.jar"), "jar");
    cache = folder.resolve("cache folder");
  }

  @Test
  void arguments_reach_the_program_as_they_are() throws Exception {
    Started started = launch(javaHome("17.0.9"), "runs", "create", "a b", "-p", "x='$HOME' *", "");

    assertThat(started.exitCode()).isZero();
    assertThat(started.lines())
        .containsSubsequence(
            "-jar", jar.toString(), "runs", "create", "a b", "-p", "x='$HOME' *", "")
        .contains("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  }

  @Test
  void exit_code_of_the_program_is_the_launchers() throws Exception {
    assertThat(launch(javaHome("17.0.9"), "fail").exitCode()).isEqualTo(13);
  }

  /** The archive is made behind the caller's back, who may be gone by then. */
  @AfterEach
  void awaitArchives() {
    await().atMost(Duration.ofSeconds(20)).until(() -> files(".lock").isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"17.0.9,-XX:SharedArchiveFile=", "25.0.1,-XX:AOTCache="})
  void archive_is_made_by_the_first_call_and_used_from_then_on(String version, String option)
      throws Exception {
    makesArchives = true;
    Path home = javaHome(version);

    Started first = launch(home, "me");
    await().atMost(Duration.ofSeconds(20)).until(() -> archives().size() == 1);
    Started second = launch(home, "me");

    assertThat(first.lines()).noneMatch(line -> line.startsWith(option));
    assertThat(second.lines()).contains(option + archives().get(0));
  }

  @Test
  void archive_of_another_jar_is_not_used() throws Exception {
    makesArchives = true;
    Path home = javaHome("17");
    var unused = launch(home, "me");
    await().atMost(Duration.ofSeconds(20)).until(() -> archives().size() == 1);
    Files.writeString(jar, "another jar");

    Started later = launch(home, "me");

    assertThat(later.lines()).noneMatch(line -> line.startsWith("-XX:SharedArchiveFile"));
    await().atMost(Duration.ofSeconds(20)).until(() -> archives().size() == 2);
  }

  @Test
  void java_that_is_too_old_is_passed_over() throws Exception {
    Started started = launch(javaHome("11.0.2"), "--version");

    assertThat(started.exitCode()).isNotZero();
    assertThat(started.lines()).doesNotContain("--version");
  }

  @Test
  void too_old_a_java_alone_is_told_with_its_place_and_what_to_do() throws Exception {
    Path old = javaHome("11.0.2");

    Started started = launch(launcherThatLooksNowhereElse(), old, "me");

    assertThat(started.exitCode()).isEqualTo(1);
    assertThat(started.lines())
        .containsExactly(
            "minitower-cli: needs Java 17 or newer; found 11.0.2 at "
                + old
                + "/bin/java; install one or set JAVA_HOME to it");
  }

  @Test
  void no_java_at_all_is_told_with_what_to_do() throws Exception {
    Started started = launch(launcherThatLooksNowhereElse(), folder.resolve("nothing"), "me");

    assertThat(started.exitCode()).isEqualTo(1);
    assertThat(started.lines())
        .containsExactly(
            "minitower-cli: needs Java 17 or newer; install one or set JAVA_HOME to it");
  }

  @Test
  void java_in_a_usual_place_is_found() throws Exception {
    Path usual = Files.createDirectories(folder.resolve("jvm"));
    Files.move(javaHome("21.0.4"), usual.resolve("a jdk"));

    Started started = launch(launcherThatLooksNowhereElse(), folder.resolve("nothing"), "me");

    assertThat(started.lines()).endsWith("-jar", jar.toString(), "me");
  }

  /** The launcher with this test's folder as the place of Javas, and without a PATH's java. */
  private Path launcherThatLooksNowhereElse() throws IOException {
    String text =
        Files.readString(LAUNCHER)
            .replace("/usr/lib/jvm/", "'" + folder + "'/jvm/")
            .replaceAll("(?m) /usr/java/.*[\\\\]$", " \\\\")
            .replaceAll("(?m)^ +/Library/.*[\\\\]\n", "")
            .replace("command -v java", "false");
    return Files.writeString(folder.resolve("launcher"), text);
  }

  @Test
  void launcher_finds_its_place_through_a_link() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("prefix/bin"));
    Path lib = Files.createDirectories(folder.resolve("prefix/lib"));
    Path installed = Files.copy(LAUNCHER, bin.resolve("minitower-cli"));
    Files.copy(jar, lib.resolve("minitower-cli.jar"));
    Path link = Files.createSymbolicLink(folder.resolve("mt"), Path.of("prefix/bin/minitower-cli"));
    jar = null;

    Started started = launch(link, javaHome("17"), "me");

    assertThat(started.lines())
        .contains(installed.getParent().toRealPath() + "/../lib/minitower-cli.jar");
  }

  @Test
  void missing_jar_is_told_with_what_to_do() throws Exception {
    Path alone = Files.copy(LAUNCHER, folder.resolve("alone"));
    jar = null;

    Started started = launch(alone, javaHome("17"), "me");

    assertThat(started.exitCode()).isEqualTo(1);
    assertThat(started.lines())
        .containsExactly(
            "minitower-cli: minitower-cli.jar is not built; run: mvn -pl minitower-cli -am package");
  }

  private record Started(int exitCode, List<String> lines) {}

  private Started launch(Path javaHome, String... arguments) throws Exception {
    return launch(LAUNCHER, javaHome, arguments);
  }

  private Started launch(Path launcher, Path javaHome, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    builder.environment().put("MINITOWER_CLI_CDS", makesArchives ? "on" : "off");
    if (jar != null) {
      builder.environment().put("MINITOWER_CLI_JAR", jar.toString());
    }
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Started(process.exitValue(), Files.readAllLines(output, StandardCharsets.UTF_8));
  }

  private Path javaHome(String version) throws IOException {
    Path home = folder.resolve("java " + version);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.writeString(home.resolve("bin/java"), JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    return home;
  }

  private List<String> archives() throws IOException {
    return Stream.concat(files(".jsa").stream(), files(".aot").stream()).toList();
  }

  private List<String> files(String ending) throws IOException {
    Path made = cache.resolve("minitower-cli");
    if (!Files.isDirectory(made)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(made)) {
      return files.map(Path::toString).filter(name -> name.endsWith(ending)).sorted().toList();
    }
  }
}
