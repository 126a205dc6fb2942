package dev.minitower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apps, versions, tokens and runners: one request, one picture each. */
class ListsTest {
  private static final String VERSION =
      """
      {"version_id":9,"version_no":3,"entrypoint":"main.py","timeout_seconds":60,\
      "params_schema":{"type":"object","properties":{"name":{"type":"string"},\
      "count":{"type":"integer"}}},"artifact_sha256":"aa11","content_sha256":"0123456789abcdef",\
      "artifact_size":2048,"import_paths":["lib"],"towerfile_toml":"",\
      "created_at":"2026-02-07T12:00:00.000Z"}""";

  @TempDir Path home;

  private ScriptedControlPlane server;
  private TestCli cli;

  @BeforeEach
  void start() {
    server = ScriptedControlPlane.start();
    cli = new TestCli(home).at(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void apps_are_listed_with_version_and_last_run() {
    server.answers(
        "GET /api/v1/apps",
        200,
        "{\"apps\":[{\"slug\":\"hello\",\"disabled\":false,\"latest_version_no\":3,\"last_run\":"
            + Sample.run("completed")
            + "},{\"slug\":\"etl\",\"description\":\"nightly\",\"disabled\":true}]}");

    assertThat(cli.run("apps", "list").out())
        .isEqualTo(
            """
            APP    VERSION  LAST RUN   STATUS     DESCRIPTION
            hello  3        5 min ago  completed  -
            etl    -        -          -          (disabled) nightly
            """);
  }

  @Test
  void app_is_shown() {
    server.answers(
        "GET /api/v1/apps/hello",
        200,
        "{\"slug\":\"hello\",\"description\":\"says hello\",\"disabled\":false,"
            + "\"latest_version_no\":3,\"created_at\":\"2026-02-07T12:00:00Z\",\"last_run\":"
            + Sample.run("completed")
            + "}");

    assertThat(cli.run("apps", "get", "hello").out())
        .isEqualTo(
            """
            app:         hello
            description: says hello
            version:     3
            last run:    12 completed, 5 min ago
            created:     1 day ago
            """);
  }

  @Test
  void app_is_created() {
    server.answers("POST /api/v1/apps", 201, "{\"slug\":\"hello\"}");

    TestCli.Result result = cli.run("apps", "create", "hello", "--description", "says hello");

    assertThat(result.out()).isEqualTo("app hello created\n");
    assertThat(server.only("POST /api/v1/apps").text())
        .isEqualTo("{\"slug\":\"hello\",\"description\":\"says hello\"}");
  }

  @Test
  void app_that_is_there_already_gives_12() {
    server.refuses("POST /api/v1/apps", 409, "slug_taken", "there is an app hello");

    assertThat(cli.run("apps", "create", "hello").exitCode()).isEqualTo(12);
  }

  @Test
  void versions_are_listed() {
    server.answers("GET /api/v1/apps/hello/versions", 200, "{\"versions\":[" + VERSION + "]}");

    assertThat(cli.run("versions", "list", "hello").out())
        .isEqualTo(
            """
            VERSION  ENTRYPOINT  SIZE    CONTENT       CREATED
            3        main.py     2.0 kB  0123456789ab  1 day ago
            """);
  }

  @Test
  void version_is_shown() {
    server.answers("GET /api/v1/apps/hello/versions/3", 200, VERSION);

    assertThat(cli.run("versions", "get", "hello", "3").out())
        .isEqualTo(
            """
            app:             hello
            version:         3
            entrypoint:      main.py
            timeout:         60 s
            parameters:      name (string), count (integer)
            import paths:    lib
            size:            2.0 kB
            content sha256:  0123456789abcdef
            artifact sha256: aa11
            created:         1 day ago
            """);
  }

  @Test
  void archive_is_uploaded_whole_and_as_a_form() throws IOException {
    String call = "POST /api/v1/apps/hello/versions";
    byte[] content = new byte[300_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31);
    }
    Path archive = Files.write(home.resolve("hello.tar.gz"), content);
    server.answers(call, 201, VERSION);

    TestCli.Result result = cli.run("versions", "upload", "hello", archive.toString());

    assertThat(result).isEqualTo(new TestCli.Result(0, "uploaded hello version 3\n", ""));
    var request = server.only(call);
    String type = request.header("Content-Type");
    assertThat(type).startsWith("multipart/form-data; boundary=");
    String boundary = type.substring(type.indexOf('=') + 1);
    assertThat(request.bytes())
        .isEqualTo(
            "--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"artifact\";"
                + " filename=\"artifact.tar.gz\"\r\nContent-Type: application/gzip\r\n\r\n"
                + new String(content, StandardCharsets.ISO_8859_1)
                + "\r\n--"
                + boundary
                + "--\r\n");
    assertThat(request.header("Content-Length")).isEqualTo("" + request.bytes().length());
  }

  @Test
  void refused_upload_tells_the_servers_reason() throws IOException {
    Path archive = Files.writeString(home.resolve("hello.tar.gz"), "no archive");
    server.refuses(
        "POST /api/v1/apps/hello/versions", 400, "artifact_invalid", "this is not a gzip file");

    TestCli.Result result = cli.run("versions", "upload", "hello", archive.toString());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("error: this is not a gzip file\n");
  }

  @Test
  void upload_without_a_valid_token_gives_10() throws IOException {
    Path archive = Files.writeString(home.resolve("hello.tar.gz"), "x");
    server.refuses("POST /api/v1/apps/hello/versions", 401, "unauthorized", "no");

    TestCli.Result result = cli.run("versions", "upload", "hello", archive.toString());

    assertThat(result.exitCode()).isEqualTo(10);
    assertThat(result.err()).startsWith("error: ").contains("minitower-cli login").hasLineCount(1);
  }

  @Test
  void server_that_hangs_up_on_a_large_upload_is_not_a_crash() throws IOException {
    Path archive = Files.write(home.resolve("large.tar.gz"), new byte[20_000_000]);
    try (var raw =
        HangingUpServer.answering("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")) {

      TestCli.Result result =
          cli.with("MINITOWER_SERVER_URL", raw.url())
              .run("versions", "upload", "hello", archive.toString());

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains("larger than the server takes").hasLineCount(1);
    }
  }

  @Test
  void missing_archive_is_told_before_anything_is_sent() {
    TestCli.Result result = cli.run("versions", "upload", "hello", home + "/none.tar.gz");

    assertThat(result.exitCode()).isEqualTo(64);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void new_token_alone_is_on_the_output() {
    server.answers(
        "POST /api/v1/tokens",
        201,
        "{\"token_id\":8,\"token\":\"mtk_ci\",\"name\":\"ci\",\"role\":\"admin\","
            + "\"expires_at\":\"2026-02-10T12:00:00Z\"}");

    TestCli.Result result =
        cli.run("tokens", "create", "--name", "ci", "--role", "admin", "--expires-in", "2d");

    assertThat(result.out()).isEqualTo("mtk_ci\n");
    assertThat(result.err())
        .isEqualTo("token 8 with role admin, expires in 2 days; it can't be shown again\n");
    assertThat(server.only("POST /api/v1/tokens").text())
        .isEqualTo("{\"name\":\"ci\",\"role\":\"admin\",\"expires_in_seconds\":172800}");
  }

  @Test
  void tokens_are_listed_with_what_became_of_them() {
    server.answers(
        "GET /api/v1/tokens",
        200,
        "{\"tokens\":[{\"token_id\":7,\"role\":\"admin\",\"created_at\":\"2026-02-07T12:00:00Z\","
            + "\"current\":true},{\"token_id\":8,\"name\":\"ci\",\"role\":\"member\","
            + "\"created_at\":\"2026-02-07T12:00:00Z\",\"revoked_at\":\"2026-02-08T11:00:00Z\","
            + "\"current\":false}]}");

    assertThat(cli.run("tokens", "list").out())
        .isEqualTo(
            """
            TOKEN  NAME  ROLE    CREATED    LAST USED  EXPIRES  NOTE
            7      -     admin   1 day ago  -          -        in use here
            8      ci    member  1 day ago  -          -        revoked 1 h ago
            """);
  }

  @Test
  void token_is_revoked() {
    server.answers("DELETE /api/v1/tokens/8", 204, "");

    assertThat(cli.run("tokens", "revoke", "8"))
        .isEqualTo(new TestCli.Result(0, "token 8 revoked\n", ""));
    assertThat(cli.run("tokens", "revoke", "8", "--json")).isEqualTo(new TestCli.Result(0, "", ""));
  }

  @Test
  void runners_are_listed() {
    server.answers(
        "GET /api/v1/admin/runners",
        200,
        "{\"runners\":[{\"runner_id\":1,\"name\":\"box\",\"environment\":\"default\","
            + "\"status\":\"online\",\"last_seen_at\":\"2026-02-08T11:59:50Z\","
            + "\"version\":\"0.1.0\",\"max_concurrent\":4,\"active_runs\":1,"
            + "\"state\":\"paused\",\"state_reason\":\"no disk\"},"
            + "{\"runner_id\":2,\"name\":\"old\",\"environment\":\"default\","
            + "\"status\":\"offline\",\"max_concurrent\":1,\"active_runs\":0}]}");

    assertThat(cli.run("runners", "list").out())
        .isEqualTo(
            """
            RUNNER  NAME  STATUS   ENVIRONMENT  RUNS    SEEN      SOFTWARE  STATE
            1       box   online   default      1 of 4  10 s ago  0.1.0     paused: no disk
            2       old   offline  default      0 of 1  -         -         -
            """);
  }

  @Test
  void runners_are_not_for_members() {
    server.refuses("GET /api/v1/admin/runners", 403, "forbidden", "only admins may do this");

    assertThat(cli.run("runners", "list").exitCode()).isEqualTo(10);
  }
}
