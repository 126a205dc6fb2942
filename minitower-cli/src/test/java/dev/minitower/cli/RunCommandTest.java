package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {
  private static final String CREATE = "POST /api/v1/apps/hello/runs";
  private static final String EVENTS = "GET /api/v1/runs/12/events";
  private static final String UPLOAD = "POST /api/v1/apps/hello/versions";

  @TempDir Path home;

  private ScriptedControlPlane server;
  private TestCli cli;
  private Path project;

  @BeforeEach
  void start() throws IOException {
    server = ScriptedControlPlane.start();
    server.answers(CREATE, 201, Sample.run("queued"));
    cli = new TestCli(home).at(server);
    project = Files.createDirectory(home.resolve("project"));
    Files.writeString(
        project.resolve("Towerfile"), "[app]\nname = \"hello\"\nscript = \"main.py\"\n");
    Files.writeString(project.resolve("main.py"), "print('hello')\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"completed, 0", "failed, 1", "dead, 1", "cancelled, 2"})
  void run_is_followed_and_its_end_is_the_exit_code(String status, int exitCode) {
    ends(status);

    TestCli.Result result = cli.run("run", "hello", "-p", "name=Ada", "--priority", "3");

    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(result.out()).isEqualTo("hi\n");
    assertThat(server.only(CREATE).text())
        .isEqualTo("{\"input\":{\"name\":\"Ada\"},\"priority\":3}");
  }

  @Test
  void detached_run_is_left_to_itself() {
    TestCli.Result result = cli.run("run", "hello", "--detach");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("run 12 queued (hello version 2)\n");
    assertThat(server.calls()).containsExactly(CREATE);
  }

  @Test
  void app_is_that_of_the_folder_unless_it_is_named() {
    TestCli.Result result = cli.run("run", "-d", "--dir", project.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(server.calls()).containsExactly(CREATE);
  }

  @Test
  void changed_folder_is_deployed_and_that_version_is_run() {
    server
        .answers("GET /api/v1/apps/hello", 200, "{\"slug\":\"hello\"}")
        .answers("GET /api/v1/apps/hello/versions", 200, "{\"versions\":[{\"version_no\":6}]}")
        .answers(UPLOAD, 201, "{\"version_no\":7}");
    ends("completed");

    TestCli.Result result = cli.run("run", "--deploy", "--dir", project.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).startsWith("deployed hello version 7 (2 files, ");
    assertThat(server.only(CREATE).text()).isEqualTo("{\"version_no\":7}");
  }

  @Test
  void folder_that_is_the_newest_version_is_not_uploaded_again() {
    server
        .answers("GET /api/v1/apps/hello", 200, "{\"slug\":\"hello\"}")
        .answers("GET /api/v1/apps/hello/versions", 200, "{\"versions\":[]}")
        .answers(UPLOAD, 201, "{\"version_no\":7}");
    String dryRun = cli.run("deploy", "--dry-run", "--json", "--dir", project.toString()).out();
    String hash = dryRun.replaceAll("(?s).*\"content_sha256\":\"(\\w+)\".*", "$1").strip();
    server.answersOnlyThis(
        "GET /api/v1/apps/hello/versions",
        200,
        "{\"versions\":[{\"version_no\":7,\"content_sha256\":\"" + hash + "\"}]}");

    TestCli.Result result =
        cli.run("run", "--deploy", "--detach", "hello", "--dir", project.toString());

    assertThat(result.err()).startsWith("no changes since version 7 of hello\n");
    assertThat(server.calls()).doesNotContain(UPLOAD);
    assertThat(server.only(CREATE).text()).isEqualTo("{\"version_no\":7}");
  }

  @Test
  void contradictions_are_refused_before_anybody_is_called() {
    String dir = project.toString();

    assertThat(cli.run("run", "--deploy", "other", "--dir", dir).exitCode()).isEqualTo(64);
    assertThat(cli.run("run", "--deploy", "--version=2", "--dir", dir).exitCode()).isEqualTo(64);
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void folder_without_a_towerfile_needs_the_apps_name() {
    TestCli.Result result = cli.run("run", "--dir", home.toString());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("there is no Towerfile", "--dir", "init");
  }

  private void ends(String status) {
    server.streams(
        EVENTS,
        Sample.lineEvent(1, 1, "hi") + Sample.runEvent(Sample.run(status)) + Sample.endEvent());
  }
}
