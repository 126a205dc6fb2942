package dev.minitower.server.platform.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are refused: malformed, of the wrong kind, too large, or saying what nobody asks. */
class BodyTest {
  private static final int LIMIT = 16 * 1024;

  @TempDir static Path folder;
  private static TestServer server;
  private static TestTeam team;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, Map.of("MINITOWER_MAX_REQUEST_BODY_SIZE", "16KiB"));
    team = server.newTeam("acme");
    TestAnswer app = createApp("{\"slug\": \"jobs\"}");
    assertThat(app.status()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestAnswer createApp(String json) {
    return server.post("/api/v1/apps").token(team.token()).json(json).send();
  }

  private static TestAnswer createRun(String json) {
    return server.post("/api/v1/apps/jobs/runs").token(team.token()).json(json).send();
  }

  private static void assertRefused(TestAnswer answer, int status, String code) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.errorCode()).isEqualTo(code);
    assertThat(answer.header("Content-Type")).hasValue("application/json");
    assertThat(answer.json().required("error").required("request_id").asString())
        .isEqualTo(answer.header("X-Request-Id").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"slug\": \"x\"",
        "{\"slug\": }",
        "{'slug': 'x'}",
        "slug=x",
        "{\"slug\": \"x\"} {}",
        "{\"slug\": \"x\"}}",
        "{\"slug\": \"x\",}",
        "{\"slug\": \"\t\"}",
        "NaN",
        "\u0000"
      })
  void what_is_not_json_is_refused(String body) {
    TestAnswer answer = createApp(body);

    assertRefused(answer, 400, "invalid_request");
    assertThat(answer.errorMessage()).startsWith("the body ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"text\"", "7", "true", "null", ""})
  void a_body_that_is_no_object_is_refused(String body) {
    assertRefused(createApp(body), 400, "invalid_request");
  }

  @Test
  void json_that_is_nested_without_end_is_refused() {
    String deep = "{\"input\":" + "[".repeat(7_000) + "]".repeat(7_000) + "}";

    assertRefused(createRun(deep), 400, "invalid_request");
  }

  @Test
  void a_body_that_is_missing_where_one_is_needed_is_refused() {
    assertRefused(server.post("/api/v1/apps").token(team.token()).send(), 400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "nonsense"})
  void a_body_of_another_type_is_415(String type) {
    TestAnswer answer =
        server
            .post("/api/v1/apps")
            .token(team.token())
            .bytes(type, "{\"slug\": \"typed\"}".getBytes(UTF_8))
            .send();

    assertRefused(answer, 415, "unsupported_media_type");
  }

  @Test
  void a_field_that_the_team_api_does_not_know_is_named() {
    TestAnswer answer = createRun("{\"max_retry\": 3}");

    assertRefused(answer, 400, "invalid_request");
    assertThat(answer.fieldsAtFault()).containsExactly("max_retry");
  }

  @Test
  void the_runner_protocol_ignores_fields_of_a_newer_runner() {
    TestAnswer registered =
        server
            .post("/api/v1/runners/register")
            .token(TestServer.REGISTRATION_TOKEN)
            .json("{\"name\": \"newer\", \"colour\": \"blue\"}")
            .send();
    TestAnswer leased =
        server
            .post("/api/v1/runs/lease")
            .token(registered.text("token"))
            .json("{\"colour\": {\"deep\": [1]}}")
            .send();

    assertThat(registered.status()).isEqualTo(201);
    assertThat(leased.status()).isEqualTo(204);
  }

  @Test
  void a_field_that_is_given_twice_is_refused() {
    assertRefused(createApp("{\"slug\": \"one\", \"slug\": \"two\"}"), 400, "invalid_request");
    assertRefused(createRun("{\"input\": {\"a\": 1, \"a\": 2}}"), 400, "invalid_request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "priority    | \"5\"",
        "priority    | 5.0",
        "priority    | 5.5",
        "priority    | true",
        "priority    | \"\"",
        "priority    | [5]",
        "priority    | 99999999999",
        "max_retries | {}",
        "input       | [1]",
        "input       | \"x\""
      })
  void a_value_of_another_type_is_never_converted(String field, String value) {
    TestAnswer answer = createRun("{\"%s\": %s}".formatted(field, value));

    assertRefused(answer, 400, "invalid_request");
    assertThat(answer.fieldsAtFault()).containsExactly(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "true", "1.5", "[\"x\"]", "{}"})
  void text_is_text(String value) {
    TestAnswer answer = createApp("{\"slug\": \"texts\", \"description\": %s}".formatted(value));

    assertRefused(answer, 400, "invalid_request");
    assertThat(answer.fieldsAtFault()).containsExactly("description");
  }

  @Test
  void a_body_over_the_limit_is_413_announced_or_not() throws IOException {
    String large = "{\"slug\": \"large\", \"description\": \"" + "x".repeat(LIMIT) + "\"}";

    assertRefused(createApp(large), 413, "too_large");
    assertRefused(
        server.post("/api/v1/apps").token(team.token()).chunkedJson(large).send(),
        413,
        "too_large");
    assertRefused(gzipped("/api/v1/apps", large), 413, "too_large");
  }

  @Test
  void a_body_within_the_limit_is_read_however_it_is_sent() throws IOException {
    TestAnswer chunked =
        server
            .post("/api/v1/apps")
            .token(team.token())
            .chunkedJson("{\"slug\": \"chunked\"}")
            .send();

    assertThat(chunked.status()).isEqualTo(201);
    assertThat(gzipped("/api/v1/apps", "{\"slug\": \"gzipped\"}").status()).isEqualTo(201);
  }

  private static TestAnswer gzipped(String path, String json) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(json.getBytes(UTF_8));
    }
    return server
        .post(path)
        .token(team.token())
        .header("Content-Encoding", "gzip")
        .bytes("application/json", bytes.toByteArray())
        .send();
  }

  @Test
  void too_large_is_said_before_the_token_is_looked_at() {
    TestAnswer answer = server.post("/api/v1/apps").json("x".repeat(LIMIT + 1)).send();

    assertRefused(answer, 413, "too_large");
  }

  @Test
  void a_body_that_only_claims_to_be_gzip_is_refused() {
    TestAnswer answer =
        server
            .post("/api/v1/apps")
            .token(team.token())
            .header("Content-Encoding", "gzip")
            .json("{\"slug\": \"plain\"}")
            .send();

    assertRefused(answer, 400, "invalid_request");
  }

  @Test
  void an_unknown_encoding_is_415() {
    TestAnswer answer =
        server
            .post("/api/v1/apps")
            .token(team.token())
            .header("Content-Encoding", "br")
            .json("{\"slug\": \"plain\"}")
            .send();

    assertRefused(answer, 415, "unsupported_media_type");
  }

  @Test
  void an_answer_that_the_client_does_not_take_is_still_an_error_in_the_envelope() {
    TestAnswer refused =
        server.get("/api/v1/me").header("Accept", "text/html").token("wrong").send();
    TestAnswer unacceptable =
        server.get("/api/v1/me").header("Accept", "image/png").token(team.token()).send();

    assertRefused(refused, 401, "unauthorized");
    assertRefused(unacceptable, 400, "invalid_request");
  }
}
