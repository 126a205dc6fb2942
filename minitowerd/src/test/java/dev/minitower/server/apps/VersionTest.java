package dev.minitower.server.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.api.VersionResponse;
import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestArtifact;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import dev.minitower.server.platform.web.JsonConfiguration;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {
  private static final String FULL_TOWERFILE =
      """
      [app]
      name = "full"
      script = "./jobs/main.py"
      import_paths = ["lib"]
      description = "Counts things"

      [app.timeout]
      seconds = 90

      [[parameters]]
      name = "count"
      type = "integer"
      default = 3
      """;

  @TempDir static Path folder;
  private static TestServer server;
  private static TestTeam team;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    team = server.newTeam("acme");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void createApp(String slug) {
    server
        .post("/api/v1/apps")
        .token(team.token())
        .json("{\"slug\": \"%s\"}".formatted(slug))
        .send();
  }

  private static TestAnswer deploy(String slug, byte[] artifact) {
    return server
        .post("/api/v1/apps/%s/versions".formatted(slug))
        .token(team.token())
        .file("artifact", artifact)
        .send();
  }

  private static TestAnswer get(String path) {
    return server.get("/api/v1/apps/" + path).token(team.token()).send();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void a_version_is_what_its_towerfile_says() throws Exception {
    createApp("full");
    byte[] artifact =
        new TestArtifact()
            .file("./Towerfile", FULL_TOWERFILE)
            .file("./jobs/main.py", "print(1)\n")
            .file("./lib/util.py", "")
            .bytes();

    TestAnswer answer = deploy("full", artifact);

    assertThat(answer.status()).isEqualTo(201);
    VersionResponse version =
        JsonConfiguration.mapper().readValue(answer.bytes(), VersionResponse.class);
    assertThat(version.versionNo()).isEqualTo(1);
    assertThat(version.entrypoint()).isEqualTo("jobs/main.py");
    assertThat(version.timeoutSeconds()).isEqualTo(90);
    assertThat(version.importPaths()).containsExactly("lib");
    assertThat(version.paramsSchema())
        .containsEntry("type", "object")
        .containsEntry("properties", Map.of("count", Map.of("type", "integer", "default", 3)));
    assertThat(version.towerfileToml()).isEqualTo(FULL_TOWERFILE);
    assertThat(version.artifactSha256()).isEqualTo(sha256(artifact));
    assertThat(version.artifactSize()).isEqualTo(artifact.length);
    assertThat(version.contentSha256()).hasSize(64).isNotEqualTo(version.artifactSha256());
    assertThat(get("full/versions/1").body()).isEqualTo(answer.body());
    assertThat(get("full").text("description")).isEqualTo("Counts things");
    assertThat(get("full").number("latest_version_no")).isEqualTo(1);
  }

  @Test
  void what_the_towerfile_leaves_out_is_left_out() {
    createApp("least");

    TestAnswer answer = deploy("least", TestArtifact.ofApp("least", "x"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().propertyNames())
        .doesNotContain("timeout_seconds", "params_schema", "import_paths");
  }

  @Test
  void an_apps_own_description_is_kept() {
    server
        .post("/api/v1/apps")
        .token(team.token())
        .json("{\"slug\": \"described\", \"description\": \"by hand\"}")
        .send();

    deploy(
        "described",
        new TestArtifact()
            .file(
                "Towerfile",
                "[app]\nname = \"described\"\nscript = \"a.sh\"\ndescription = \"by file\"\n")
            .file("a.sh", "true\n")
            .bytes());

    assertThat(get("described").text("description")).isEqualTo("by hand");
  }

  @Test
  void the_bytes_come_back_as_they_were_sent() throws Exception {
    createApp("kept");
    byte[] artifact = TestArtifact.ofApp("kept", "bytes");
    deploy("kept", artifact);

    TestAnswer answer = get("kept/versions/1/artifact");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bytes()).isEqualTo(artifact);
    assertThat(answer.header("Content-Type")).hasValue("application/gzip");
    assertThat(answer.header("Content-Length")).hasValue(String.valueOf(artifact.length));
    assertThat(answer.header("X-Artifact-SHA256")).hasValue(sha256(artifact));
  }

  @Test
  void the_same_bytes_twice_are_two_versions_and_one_file() {
    createApp("again");
    byte[] artifact = TestArtifact.ofApp("again", "same");

    TestAnswer first = deploy("again", artifact);
    TestAnswer second = deploy("again", artifact);

    assertThat(first.number("version_no")).isEqualTo(1);
    assertThat(second.number("version_no")).isEqualTo(2);
    assertThat(second.text("artifact_sha256")).isEqualTo(first.text("artifact_sha256"));
    assertThat(get("again/versions/2/artifact").bytes()).isEqualTo(artifact);
  }

  @Test
  void parallel_uploads_are_numbered_without_gaps_or_repeats() {
    createApp("parallel");

    List<CompletableFuture<TestAnswer>> uploads =
        IntStream.range(0, 12)
            .mapToObj(i -> TestArtifact.ofApp("parallel", "upload " + i))
            .map(bytes -> CompletableFuture.supplyAsync(() -> deploy("parallel", bytes)))
            .toList();

    assertThat(uploads.stream().map(upload -> upload.join().number("version_no")))
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
    assertThat(get("parallel").number("latest_version_no")).isEqualTo(12);
    TestAnswer page = get("parallel/versions?limit=5");
    assertThat(page.each("versions", "version_no")).containsExactly("12", "11", "10", "9", "8");
    TestAnswer next = get("parallel/versions?limit=5&cursor=" + page.text("next_cursor"));
    assertThat(next.each("versions", "version_no")).containsExactly("7", "6", "5", "4", "3");
  }

  @ParameterizedTest
  @CsvSource({
    "numbered/versions/2, 404",
    "numbered/versions/0, 404",
    "numbered/versions/-1, 404",
    "numbered/versions/2/artifact, 404",
    "numbered/versions/latest, 400",
    "numbered/versions/99999999999, 400",
    "unknown/versions, 404",
    "unknown/versions/1, 404"
  })
  void what_is_not_there_is_not_there(String path, int status) {
    createApp("numbered");
    if (get("numbered/versions").each("versions", "version_no").isEmpty()) {
      deploy("numbered", TestArtifact.ofApp("numbered", "x"));
    }

    assertThat(get(path).status()).isEqualTo(status);
  }
}
