package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsDownloadTest {
  private static final String ARTIFACT = "GET /api/v1/apps/hello/versions/7/artifact";

  @TempDir Path home;
  @TempDir Path target;

  private ScriptedControlPlane server;
  private TestCli cli;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    server = ScriptedControlPlane.start();
    cli = new TestCli(home).at(server);
    file = target.resolve("hello.tar.gz");
    describes(sha256("archive"));
    sends("archive", sha256("archive"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void archive_is_written_when_it_is_the_right_one() throws IOException {
    TestCli.Result result = download("7");

    assertThat(result).isEqualTo(new TestCli.Result(0, "downloaded " + file + " (7 B)\n", ""));
    assertThat(file).hasContent("archive");
    assertThat(files()).containsExactly(file);
  }

  @Test
  void newest_version_is_taken_without_a_number() {
    server.answers("GET /api/v1/apps/hello/versions", 200, "{\"versions\":[{\"version_no\":7}]}");

    assertThat(download().exitCode()).isZero();
    assertThat(file).hasContent("archive");
  }

  @Test
  void app_without_a_version_is_not_found() {
    server.answers("GET /api/v1/apps/hello/versions", 200, "{\"versions\":[]}");

    assertThat(download().exitCode()).isEqualTo(11);
  }

  @Test
  void archive_that_is_another_than_the_version_says_is_thrown_away() throws Exception {
    server.answersOnlyThis(ARTIFACT, 200, "other");

    TestCli.Result result = download("7");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: the archive arrived damaged: its SHA-256 is ");
    assertThat(files()).isEmpty();
  }

  @Test
  void archive_that_breaks_off_is_thrown_away() throws IOException {
    server.answersOnlyThis(
        ARTIFACT,
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write("archi".getBytes(StandardCharsets.UTF_8));
          throw new IOException("cut");
        });

    TestCli.Result result = download("7");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("the connection to " + server.url() + " broke");
    assertThat(files()).isEmpty();
  }

  @Test
  void file_that_is_there_is_replaced_only_when_forced() throws IOException {
    Files.writeString(file, "precious");

    TestCli.Result refused = download("7");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("--force");
    assertThat(file).hasContent("precious");
    assertThat(download("7", "--force").exitCode()).isZero();
    assertThat(file).hasContent("archive");
  }

  @Test
  void missing_version_is_told_and_nothing_is_written() throws IOException {
    assertThat(download("8").exitCode()).isEqualTo(11);
    assertThat(files()).isEmpty();
  }

  @Test
  void folder_that_cannot_be_written_is_told() {
    TestCli.Result result =
        cli.run("versions", "download", "hello", "7", "-o", target.resolve("no/x").toString());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: can't write " + target.resolve("no/x"));
  }

  @Test
  void json_is_the_version() throws Exception {
    assertThat(download("7", "--json").out())
        .isEqualTo("{\"version_no\":7,\"artifact_sha256\":\"" + sha256("archive") + "\"}\n");
  }

  private TestCli.Result download(String... more) {
    String[] fixed = {"versions", "download", "hello", "--output", file.toString()};
    return cli.run(Stream.concat(Stream.of(fixed), Stream.of(more)).toArray(String[]::new));
  }

  private void describes(String sha256) {
    server.answers(
        "GET /api/v1/apps/hello/versions/7",
        200,
        "{\"version_no\":7,\"artifact_sha256\":\"" + sha256 + "\"}");
  }

  private void sends(String content, String sha256) {
    server.answers(
        ARTIFACT,
        exchange -> {
          exchange.getResponseHeaders().set("X-Artifact-SHA256", sha256);
          ScriptedControlPlane.send(exchange, 200, content);
        });
  }

  private static String sha256(String content) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files.toList();
    }
  }
}
