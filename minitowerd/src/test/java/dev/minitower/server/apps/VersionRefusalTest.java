package dev.minitower.server.apps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestArtifact;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VersionRefusalTest {
  private static final int MAX_ARTIFACT = 64 * 1024;
  private static final String TOWERFILE = "[app]\nname = \"victim\"\nscript = \"main.py\"\n";

  @TempDir static Path folder;
  private static TestServer server;
  private static TestTeam team;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, Map.of("MINITOWER_MAX_ARTIFACT_SIZE", "64KiB"));
    team = server.newTeam("acme");
    server.post("/api/v1/apps").token(team.token()).json("{\"slug\": \"victim\"}").send();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Whatever was refused, nothing of it may be left. */
  @AfterEach
  void nothing_is_stored() throws IOException {
    TestAnswer versions = server.get("/api/v1/apps/victim/versions").token(team.token()).send();
    assertThat(versions.body()).isEqualTo("{\"versions\":[]}");
    try (Stream<Path> files = Files.walk(folder.resolve("objects"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private static TestAnswer deploy(byte[] artifact) {
    return server
        .post("/api/v1/apps/victim/versions")
        .token(team.token())
        .file("artifact", artifact)
        .send();
  }

  private static TestArtifact good() {
    return new TestArtifact().file("Towerfile", TOWERFILE).file("main.py", "print(1)\n");
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] cut(byte[] artifact) {
    return Arrays.copyOf(artifact, artifact.length / 2);
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        Arguments.of("nothing", "artifact_invalid", new byte[0]),
        Arguments.of("not gzip", "artifact_invalid", "hello".getBytes(UTF_8)),
        Arguments.of("not tar", "artifact_invalid", gzip("hello".repeat(300).getBytes(UTF_8))),
        Arguments.of("cut off", "artifact_invalid", cut(good().bytes())),
        Arguments.of(
            "no Towerfile",
            "towerfile_missing",
            new TestArtifact().file("main.py", "").file("sub/Towerfile", TOWERFILE).bytes()),
        Arguments.of(
            "not TOML", "towerfile_invalid", new TestArtifact().file("Towerfile", "= =").bytes()),
        Arguments.of(
            "no script named",
            "towerfile_invalid",
            new TestArtifact().file("Towerfile", "[app]\nname = \"victim\"\n").bytes()),
        Arguments.of("another app's", "towerfile_invalid", TestArtifact.ofApp("other", "x")),
        Arguments.of(
            "no script",
            "artifact_invalid",
            new TestArtifact().file("Towerfile", TOWERFILE).bytes()),
        Arguments.of("out of the root", "artifact_invalid", good().file("../evil.py", "").bytes()),
        Arguments.of("absolute", "artifact_invalid", good().file("/etc/evil", "").bytes()),
        Arguments.of("a name twice", "artifact_invalid", good().file("main.py", "").bytes()),
        Arguments.of(
            "a link out", "artifact_invalid", good().link("out", "../../etc/passwd").bytes()),
        Arguments.of("a device", "artifact_invalid", good().device("null").bytes()),
        Arguments.of(
            "a bomb", "artifact_invalid", good().file("zeros", "0".repeat(8 << 20)).bytes()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void hostile(String what, String code, byte[] artifact) {
    TestAnswer answer = deploy(artifact);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(code);
    assertThat(answer.errorMessage()).isNotBlank().doesNotContain(folder.toString());
  }

  @Test
  void an_upload_over_the_limit_is_413() {
    byte[] noise = new byte[MAX_ARTIFACT + 1];
    new Random(1).nextBytes(noise);

    TestAnswer answer = deploy(noise);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.errorCode()).isEqualTo("too_large");
  }

  @Test
  void an_upload_far_over_the_limit_is_413() {
    TestAnswer answer = deploy(new byte[4 * MAX_ARTIFACT]);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.errorCode()).isEqualTo("too_large");
  }

  @Test
  void a_form_without_the_part_is_refused() {
    TestAnswer answer =
        server
            .post("/api/v1/apps/victim/versions")
            .token(team.token())
            .file("attachment", good().bytes())
            .send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo("invalid_request");
    assertThat(answer.errorMessage()).contains("artifact");
  }

  @Test
  void a_body_that_is_no_form_is_refused() {
    TestAnswer bare =
        server
            .post("/api/v1/apps/victim/versions")
            .token(team.token())
            .bytes("application/gzip", good().bytes())
            .send();
    assertThat(bare.status()).isEqualTo(415);
    assertThat(bare.errorCode()).isEqualTo("unsupported_media_type");

    TestAnswer broken =
        server
            .post("/api/v1/apps/victim/versions")
            .token(team.token())
            .bytes("multipart/form-data", good().bytes())
            .send();
    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.errorCode()).isEqualTo("invalid_request");
  }
}
