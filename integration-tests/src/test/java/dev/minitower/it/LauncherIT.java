package dev.minitower.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server under its launcher, installed with an archive of classes, on this test's Java. */
class LauncherIT {
  private static final Path ROOT = Path.of(System.getProperty("minitower.root", ".."));
  private static final Duration START_TIME = Duration.ofSeconds(90);

  @TempDir static Path installation;
  private static Path prepared;

  @TempDir Path folder;
  private Process server;
  private Path archive;

  @BeforeAll
  static void install() throws Exception {
    Files.copy(
        ROOT.resolve("minitowerd/target/minitowerd.jar"), installation.resolve("minitowerd.jar"));
    Path launcher =
        Files.copy(ROOT.resolve("scripts/minitower-launcher"), installation.resolve("minitowerd"));
    Path output = installation.resolve("output");
    Process preparing = process(launcher, output, Map.of(), "--prepare").start();
    assertThat(preparing.waitFor(180, TimeUnit.SECONDS)).isTrue();
    assertThat(preparing.exitValue()).as(Files.readString(output)).isZero();
    prepared = Path.of(Files.readString(output).strip());
    assertThat(prepared.toFile().setWritable(true)).isTrue();
  }

  @BeforeEach
  void copyArchive() throws IOException {
    archive = Files.copy(prepared, folder.resolve("archive"));
  }

  @AfterEach
  void putBack() throws Exception {
    if (server != null) {
      server.destroyForcibly();
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    Files.deleteIfExists(prepared);
    Files.move(archive, prepared);
  }

  @Test
  void server_runs_from_the_archive_and_a_signal_to_the_launcher_stops_it() throws Exception {
    start();

    assertThat(maps()).contains(prepared.toString());
    server.destroy();
    assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(server.exitValue()).isZero();
  }

  @Test
  void archive_that_is_cut_off_is_passed_over() throws Exception {
    try (var file = Files.newByteChannel(prepared, StandardOpenOption.WRITE)) {
      var unused = file.truncate(Files.size(archive) / 2);
    }

    start();

    assertThat(maps()).doesNotContain(prepared.toString());
  }

  @Test
  void archive_that_is_none_is_passed_over() throws Exception {
    Files.write(prepared, new byte[(int) Files.size(archive)]);

    start();

    assertThat(server.isAlive()).isTrue();
  }

  @Test
  void archive_of_the_jar_before_an_upgrade_is_passed_over() throws Exception {
    Path jar = installation.resolve("minitowerd.jar");
    FileTime before = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    try {
      start();

      assertThat(maps()).doesNotContain(prepared.toString());
    } finally {
      Files.setLastModifiedTime(jar, before);
    }
  }

  private void start() throws IOException {
    Path output = folder.resolve("output");
    var settings =
        Map.of(
            "MINITOWER_LISTEN_ADDR",
            "127.0.0.1:0",
            "MINITOWER_DATA_DIR",
            folder.resolve("data").toString());
    server = process(installation.resolve("minitowerd"), output, settings).start();
    boolean serving =
        Eventually.within(START_TIME)
            .see(
                "server serving",
                () -> !server.isAlive() || text(output).contains("Serving at"),
                done -> done);
    assertThat(serving && server.isAlive()).as(Files.readString(output)).isTrue();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String maps() throws IOException {
    return Files.readString(Path.of("/proc/" + server.pid() + "/maps"));
  }

  /** Without a cache folder, so that nothing goes on behind a test. */
  private static ProcessBuilder process(
      Path launcher, Path output, Map<String, String> settings, String... arguments) {
    var builder = new ProcessBuilder(launcher.toString());
    builder.command().addAll(List.of(arguments));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(MINITOWERD?|JAVA|XDG|CACHE)_.*|HOME"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(settings);
    return builder;
  }
}
