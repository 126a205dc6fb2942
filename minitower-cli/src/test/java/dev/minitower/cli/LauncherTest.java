package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher of all three programs, mostly by the name of this one, with a Java of our own that
 * prints the arguments it was given, one a line.
 */
@Timeout(60)
class LauncherTest {
  private static final Path SCRIPTS = Path.of("..", "scripts").toAbsolutePath().normalize();
  private static final Path LAUNCHER = SCRIPTS.resolve("minitower-cli");
  private static final Path SERVER = SCRIPTS.resolve("minitowerd");

  /**
   * Lays out a jar and makes an archive when it is told to, as a real one does, and notes each
   * making; fails on the word {@code fail}, or at each making if that is in TRAINING.
   */
  private static final String JAVA =
      """
      #!/bin/sh
      previous=
      for argument; do
        case $previous in
          --destination) : > "$argument/minitowerd.jar" ;;
        esac
        case $argument in
          -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*)
            [ "${TRAINING:-}" != fail ] || exit 13
            echo made >> "${0%/*}/made"
            : > "${argument#*=}" ;;
          fail) exit 13 ;;
        esac
        previous=$argument
        printf '%s\\n' "$argument"
      done
      """;

  @TempDir Path folder;

  private Path jar;
  private Path cache;
  private boolean makesArchives;
  private final Map<String, String> variables = new HashMap<>();

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
    return Files.writeString(folder.resolve("minitower-cli"), text);
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
    Path alone = Files.copy(LAUNCHER, folder.resolve("minitower-cli"));
    jar = null;

    Started started = launch(alone, javaHome("17"), "me");

    assertThat(started.exitCode()).isEqualTo(1);
    assertThat(started.lines())
        .containsExactly(
            "minitower-cli: minitower-cli.jar is not built; run: mvn -pl minitower-cli -am package");
  }

  @Test
  void name_that_is_no_programs_is_refused() throws Exception {
    Started started = launch(SCRIPTS.resolve("minitower-launcher"), javaHome("17"), "me");

    assertThat(started.exitCode()).isEqualTo(1);
    assertThat(started.lines())
        .containsExactly(
            "minitower: call this by the name of a program: minitowerd, minitower-runner or"
                + " minitower-cli");
  }

  @ParameterizedTest
  @CsvSource({"17.0.9,-XX:SharedArchiveFile=", "25.0.1,-XX:AOTCache="})
  void server_starts_from_files_laid_out_with_the_archive(String version, String option)
      throws Exception {
    makesArchives = true;
    Path home = javaHome(version);

    Started first = launch(SERVER, home, "--version");
    await().atMost(Duration.ofSeconds(20)).until(() -> archives().size() == 1);
    Started second = launch(SERVER, home, "--version");

    String archive = archives().get(0);
    assertThat(first.lines()).endsWith("-jar", jar.toString(), "--version");
    assertThat(second.lines())
        .endsWith(
            option + archive,
            "-jar",
            Path.of(archive).resolveSibling("minitowerd.jar").toString(),
            "--version");
  }

  @Test
  void prepared_archive_lies_beside_the_jar_and_needs_no_cache() throws Exception {
    makesArchives = true;
    Path home = javaHome("17.0.9");

    Started prepared = launch(SERVER, home, "--prepare");
    Files.writeString(cache, "no folder");
    Started second = launch(SERVER, home, "--version");

    assertThat(prepared.exitCode()).isZero();
    assertThat(prepared.lines()).hasSize(1);
    assertThat(Path.of(prepared.lines().get(0)))
        .isEmptyFile()
        .startsWith(folder.resolve("minitowerd.archive"));
    assertThat(second.lines()).contains("-XX:SharedArchiveFile=" + prepared.lines().get(0));
  }

  @Test
  void preparation_that_fails_says_where_the_reason_is() throws Exception {
    makesArchives = true;
    variables.put("TRAINING", "fail");

    Started prepared = launch(SERVER, javaHome("17.0.9"), "--prepare");

    assertThat(prepared.exitCode()).isEqualTo(1);
    assertThat(prepared.lines())
        .containsExactly(
            "minitowerd: the archive could not be made, or another is making it; see "
                + folder.resolve("minitowerd.archive/log"));
  }

  @Test
  void archive_that_can_not_be_made_leaves_nothing_behind() throws Exception {
    makesArchives = true;
    variables.put("TRAINING", "fail");

    Started started = launch(SERVER, javaHome("17.0.9"), "--version");

    assertThat(started.exitCode()).isZero();
    awaitArchives();
    await().atMost(Duration.ofSeconds(20)).until(() -> files("").isEmpty());
  }

  @Test
  void archive_that_was_cut_off_is_not_used_and_made_again() throws Exception {
    makesArchives = true;
    Path home = javaHome("17.0.9");
    var unused = launch(SERVER, home, "--version");
    await().atMost(Duration.ofSeconds(20)).until(() -> archives().size() == 1);
    awaitArchives();
    Path archive = Files.writeString(Path.of(archives().get(0)), "of another size");

    Started second = launch(SERVER, home, "--version");

    assertThat(second.lines()).endsWith("-jar", jar.toString(), "--version");
    await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(archive));
    awaitArchives();
    assertThat(archive).isEmptyFile();
  }

  @Test
  void starts_at_once_make_one_archive() throws Exception {
    makesArchives = true;
    Path home = javaHome("17.0.9");
    List<Process> starts = new ArrayList<>();

    for (int i = 0; i < 4; i++) {
      starts.add(process(SERVER, home, folder.resolve("output" + i), "--version").start());
    }

    for (Process start : starts) {
      assertThat(start.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(start.exitValue()).isZero();
    }
    awaitArchives();
    await().atMost(Duration.ofSeconds(20)).until(() -> archives().size() == 1);
    assertThat(home.resolve("bin/made")).hasContent("made");
  }

  @Test
  void cache_that_is_no_folder_does_not_keep_from_starting() throws Exception {
    makesArchives = true;
    Files.writeString(cache, "no folder");

    assertThat(launch(SERVER, javaHome("17.0.9"), "--version").lines())
        .endsWith("-jar", jar.toString(), "--version");
  }

  @Test
  void cache_of_a_service_comes_before_the_users() throws Exception {
    makesArchives = true;
    Path services = Files.createDirectories(folder.resolve("services"));
    variables.put("CACHE_DIRECTORY", services + ":/nonexistent");

    var unused = launch(SERVER, javaHome("17.0.9"), "--version");

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> filesIn(services, ".jsa").size() == 1 && filesIn(services, ".lock").isEmpty());
    assertThat(cache).doesNotExist();
  }

  @Test
  void archives_of_before_go_unless_a_process_has_them_open() throws Exception {
    makesArchives = true;
    Path unused = oldEntry("1");
    Path used = oldEntry("2");
    try (var open = Files.newInputStream(used.resolve("minitowerd.jar"))) {
      var started = launch(SERVER, javaHome("17.0.9"), "--version");
      await().atMost(Duration.ofSeconds(20)).until(() -> archives().size() == 1);

      assertThat(started.exitCode()).isZero();
      assertThat(open.read()).isPositive();
      assertThat(unused).doesNotExist();
      assertThat(used).exists();
    }
  }

  private Path oldEntry(String name) throws IOException {
    Path entry = Files.createDirectories(cache.resolve("minitowerd").resolve(name));
    Files.writeString(entry.resolve("minitowerd.jar"), "jar");
    Files.setLastModifiedTime(entry, FileTime.from(Instant.EPOCH));
    return entry;
  }

  @Test
  void options_of_the_operator_come_last_and_another_collector_replaces_ours() throws Exception {
    variables.put("MINITOWERD_JAVA_OPTS", "-XX:+UseG1GC -Xmx1g");

    assertThat(launch(SERVER, javaHome("17.0.9")).lines())
        .containsSubsequence("-XX:+UseG1GC", "-Xmx1g", "-jar")
        .doesNotContain("-XX:+UseSerialGC");
  }

  private record Started(int exitCode, List<String> lines) {}

  private Started launch(Path javaHome, String... arguments) throws Exception {
    return launch(LAUNCHER, javaHome, arguments);
  }

  private Started launch(Path launcher, Path javaHome, String... arguments) throws Exception {
    Path output = folder.resolve("output");
    Process process = process(launcher, javaHome, output, arguments).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Started(process.exitValue(), Files.readAllLines(output, StandardCharsets.UTF_8));
  }

  private ProcessBuilder process(Path launcher, Path javaHome, Path output, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    for (String program : List.of("MINITOWER_CLI", "MINITOWERD")) {
      builder.environment().put(program + "_CDS", makesArchives ? "on" : "off");
      if (jar != null) {
        builder.environment().put(program + "_JAR", jar.toString());
      }
    }
    builder.environment().putAll(variables);
    return builder;
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
    return filesIn(cache, ending);
  }

  private static List<String> filesIn(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.find(folder, 3, (file, facts) -> isMade(folder, file))) {
      return files.map(Path::toString).filter(name -> name.endsWith(ending)).sorted().toList();
    } catch (UncheckedIOException goneMeanwhile) {
      return List.of(".lock");
    }
  }

  /** Not the folders that stay. */
  private static boolean isMade(Path folder, Path file) {
    return !file.equals(folder) && !file.getFileName().toString().startsWith("minitower");
  }
}
