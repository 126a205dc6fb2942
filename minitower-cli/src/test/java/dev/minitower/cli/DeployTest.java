package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.artifact.ArtifactInspector;
import dev.minitower.model.artifact.ArtifactLimits;
import dev.minitower.model.artifact.InspectedArtifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployTest {
  private static final String APP = "GET /api/v1/apps/hello";
  private static final String VERSIONS = "GET /api/v1/apps/hello/versions?limit=1";
  private static final String UPLOAD = "POST /api/v1/apps/hello/versions";

  @TempDir Path home;

  private ScriptedControlPlane server;
  private TestCli cli;
  private Path project;

  @BeforeEach
  void start() throws IOException {
    server = ScriptedControlPlane.start();
    cli = new TestCli(home).at(server);
    project = Files.createDirectory(home.resolve("project"));
    write(
        "Towerfile",
        """
        [app]
        name = "hello"
        script = "./main.py"
        description = "says hello"
        """);
    write("main.py", "print('hello')\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void first_deploy_creates_the_app_and_uploads_an_archive_that_the_server_takes()
      throws IOException {
    server
        .answers("POST /api/v1/apps", 201, "{\"slug\":\"hello\"}")
        .answers(VERSIONS, 200, "{\"versions\":[]}")
        .answers(UPLOAD, 201, "{\"version_no\":1}");

    TestCli.Result result = deploy();

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .matches("deployed hello version 1 \\(2 files, \\d+ B packed to \\d+ B\\)\n");
    assertThat(result.err())
        .isEqualTo(
            """
            app hello created
            run it with: minitower-cli run hello
            """);
    assertThat(server.only("POST /api/v1/apps").text())
        .isEqualTo("{\"slug\":\"hello\",\"description\":\"says hello\"}");
    assertThat(uploaded().towerfile().name()).isEqualTo("hello");
  }

  @Test
  void unchanged_project_is_not_uploaded_again_whatever_its_times_are() throws IOException {
    deployFirst();
    Files.setLastModifiedTime(project.resolve("main.py"), FileTime.fromMillis(0));

    TestCli.Result result = deploy();

    assertThat(result)
        .isEqualTo(new TestCli.Result(0, "no changes since version 7 of hello\n", ""));
    assertThat(server.calls().stream().filter(UPLOAD::equals)).hasSize(1);
  }

  @Test
  void unchanged_project_is_uploaded_when_it_is_forced() throws IOException {
    deployFirst();

    TestCli.Result result = cli.run("deploy", "--force", "--dir", project.toString());

    assertThat(result.out()).startsWith("deployed hello version 7");
    assertThat(server.calls().stream().filter(UPLOAD::equals)).hasSize(2);
  }

  @Test
  void app_is_not_created_against_the_callers_will() {
    TestCli.Result result = cli.run("deploy", "--no-create", "--dir", project.toString());

    assertThat(result.exitCode()).isEqualTo(11);
    assertThat(result.err()).contains("there is no app hello yet", "apps create hello");
    assertThat(server.calls()).containsExactly(APP);
  }

  @Test
  void create_may_be_said() {
    server
        .answers("POST /api/v1/apps", 201, "{\"slug\":\"hello\"}")
        .answers(UPLOAD, 201, "{\"version_no\":1}");

    assertThat(cli.run("deploy", "--create", "--dir", project.toString()).exitCode()).isZero();
  }

  @Test
  void dry_run_tells_what_would_be_done_and_does_none_of_it() throws IOException {
    String first = dryRun().out();
    assertThat(dryRun("--no-create").exitCode()).isEqualTo(11);
    server.answers(APP, 200, "{\"slug\":\"hello\"}");
    server.answers(VERSIONS, 200, "{\"versions\":[{\"version_no\":7}]}");
    String later = dryRun().out();

    assertThat(first)
        .contains("Towerfile", "main.py")
        .containsPattern("hello: 2 files, \\d+ B packed to \\d+ B\n")
        .endsWith("would create app hello and upload its version 1\n");
    assertThat(dryRun("--no-create").out()).endsWith("would upload hello version 8\n");
    assertThat(later).endsWith("would upload hello version 8\n");
    assertThat(server.calls()).allMatch(call -> call.startsWith("GET "));
  }

  @Test
  void dry_run_of_an_unchanged_project_says_so_and_its_json_tells_the_same() throws IOException {
    deployFirst();

    assertThat(dryRun().out()).endsWith("\nno changes since version 7 of hello\n");
    assertThat(dryRun("--json").out())
        .contains("\"would_create\":false", "\"would_upload\":false", "\"latest_version_no\":7");
    assertThat(dryRun("--json", "--force").out()).contains("\"would_upload\":true");
  }

  private TestCli.Result dryRun(String... more) {
    String[] fixed = {"deploy", "--dry-run", "--dir", project.toString()};
    return cli.run(Stream.concat(Stream.of(fixed), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void changed_project_is_uploaded() throws IOException {
    deployFirst();
    write("main.py", "print('goodbye')\n");

    assertThat(deploy().out()).startsWith("deployed hello version 7");
  }

  @Test
  void json_is_the_version_whether_it_is_new_or_not() throws IOException {
    String version = "{\"version_no\":7,\"later\":1.50}";
    server.answers("GET /api/v1/apps/hello/versions/7", 200, version);
    deployFirst();

    TestCli.Result unchanged = cli.run("deploy", "--json", "--dir", project.toString());
    TestCli.Result forced = cli.run("deploy", "--json", "--force", "--dir", project.toString());

    assertThat(unchanged)
        .isEqualTo(new TestCli.Result(0, version + "\n", "no changes since version 7 of hello\n"));
    assertThat(forced).isEqualTo(new TestCli.Result(0, "{\"version_no\":7}\n", ""));
  }

  @Test
  void app_that_somebody_else_creates_at_the_same_moment_is_used() {
    server
        .refuses("POST /api/v1/apps", 409, "slug_taken", "there is an app hello")
        .answers(VERSIONS, 200, "{\"versions\":[]}")
        .answers(UPLOAD, 201, "{\"version_no\":1}");

    assertThat(deploy().exitCode()).isZero();
  }

  @Test
  void oddities_of_the_towerfile_are_warned_about_and_deployed() throws IOException {
    write("Towerfile", "[app]\nname = \"hello\"\nscript = \"main.py\"\ncolour = \"red\"\n");
    server
        .answers(APP, 200, "{\"slug\":\"hello\"}")
        .answers(VERSIONS, 200, "{\"versions\":[]}")
        .answers(UPLOAD, 201, "{\"version_no\":1}");

    TestCli.Result result = deploy();

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).startsWith("warning: Towerfile: app.colour (line 4, column 1)");
  }

  @Test
  void every_error_of_the_towerfile_is_told_and_nobody_is_called() throws IOException {
    write("Towerfile", "[app]\nname = \"Hello World\"\nscript = \"main.rb\"\n");

    TestCli.Result result = deploy();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("error: " + project.resolve("Towerfile") + " has errors\n")
        .contains("\n  app.name (line 2, ", "\n  app.script (line 3, ");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void folder_without_a_towerfile_is_told_what_to_do() throws IOException {
    Files.delete(project.resolve("Towerfile"));

    TestCli.Result result = deploy();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "error: there is no Towerfile in "
                + project
                + "; name the project's folder with --dir, or make one with 'minitower-cli init'\n");
  }

  @Test
  void towerfile_that_is_not_text_or_too_large_is_refused() throws IOException {
    Files.write(project.resolve("Towerfile"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(deploy().err()).endsWith("Towerfile isn't UTF-8 text\n");

    write("Towerfile", "#".repeat(256 * 1024 + 1));
    assertThat(deploy().err()).endsWith("Towerfile is larger than 262144 bytes\n");
  }

  @Test
  void project_that_cannot_be_packed_uploads_nothing() throws IOException {
    Files.delete(project.resolve("main.py"));

    TestCli.Result result = deploy();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("main.py").hasLineCount(1);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void artifact_that_is_too_large_is_told_with_its_largest_files() throws IOException {
    write("big.csv", "1234567890".repeat(1234));
    server
        .answers(APP, 200, "{\"slug\":\"hello\"}")
        .answers(VERSIONS, 200, "{\"versions\":[]}")
        .refuses(UPLOAD, 413, "too_large", "an artifact may have 10 kB");

    TestCli.Result result = deploy();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("error: an artifact may have 10 kB; its largest files are below")
        .containsPattern("below, .minitowerignore leaves files out\n  12 kB  big.csv\n  \\d+ B  ")
        .hasLineCount(4);
  }

  private TestCli.Result deploy() {
    return cli.run("deploy", "--dir", project.toString());
  }

  /** Leaves a server that holds what was sent as version 7. */
  private void deployFirst() throws IOException {
    server
        .answers(APP, 200, "{\"slug\":\"hello\"}")
        .answers(VERSIONS, 200, "{\"versions\":[]}")
        .answers(UPLOAD, 201, "{\"version_no\":7}");
    assertThat(deploy().exitCode()).isZero();
    String latest =
        "{\"versions\":[{\"version_no\":7,\"content_sha256\":\"%s\"}]}"
            .formatted(uploaded().contentSha256());
    server.answersOnlyThis(VERSIONS, 200, latest);
  }

  private InspectedArtifact uploaded() throws IOException {
    String form = server.only(UPLOAD).bytes();
    int begin = form.indexOf("\r\n\r\n") + 4;
    int end = form.lastIndexOf("\r\n--minitower-");
    byte[] archive = form.substring(begin, end).getBytes(StandardCharsets.ISO_8859_1);
    return ArtifactInspector.inspect(new ByteArrayInputStream(archive), ArtifactLimits.DEFAULT);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(project.resolve(name), text);
  }
}
