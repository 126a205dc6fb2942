package dev.minitower.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import dev.minitower.server.TestSocket;
import dev.minitower.server.TestSocket.RawAnswer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of every origin: Tomcat's, ours, the database's. */
class EnvelopeTest {
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

  /** As another program on the same file would. */
  private static void execute(String statement) throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("minitower.db") + "?busy_timeout=5000";
    try (Connection connection = DriverManager.getConnection(url);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  static Stream<String> malformedRequests() {
    return Stream.of(
        "GARBAGE\r\n\r\n",
        "\u0001\u0002\u0003\r\n\r\n",
        "GET\r\n\r\n",
        "GET /api/v1/me\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/v1/me|{} HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/v1/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /api/v1/me HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /api/v1/me HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
        "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nBroken\u0000Header: x\r\nConnection: close\r\n\r\n",
        "POST /api/v1/apps HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n",
        "POST /api/v1/apps HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(100_000) + "\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("malformedRequests")
  void what_tomcat_can_not_parse_is_answered_in_the_envelope(String request) {
    RawAnswer answer = TestSocket.exchange(server, request);

    assertThat(answer.status()).as(answer.toString()).isBetween(400, 431);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.header("X-Request-Id")).isNotEmpty();
    assertThat(answer.body())
        .contains("{\"error\":{\"code\":\"invalid_request\"")
        .doesNotContain("Tomcat", "Exception", "<html");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs?limit=%zz", "/api/v1/runs?%zz=1", "/api/v1/runs?limit=%ff",
        "/api/v1/runs/%c3%28", "/api/v1/runs/abc", "/api/v1/runs/99999999999999999999",
        "/api/v1/apps/%00", "/api/v1/apps/jobs/versions/1.5"
      })
  void a_path_or_query_that_makes_no_sense_is_the_clients_fault(String path) {
    RawAnswer answer =
        TestSocket.request(
            server, "GET " + path + " HTTP/1.1", "Authorization: Bearer " + team.token());

    assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
    assertThat(answer.body()).contains("{\"error\":{\"code\":");
  }

  @Test
  void a_well_formed_request_id_is_the_clients_own() {
    for (String id : new String[] {"a", "Run-7_of.9", "x".repeat(64)}) {
      TestAnswer refused = server.get("/api/v1/me").header("X-Request-Id", id).send();
      TestAnswer good = server.get("/health").header("X-Request-Id", id).send();

      assertThat(refused.header("X-Request-Id")).hasValue(id);
      assertThat(refused.json().required("error").required("request_id").asString()).isEqualTo(id);
      assertThat(good.header("X-Request-Id")).hasValue(id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "<script>", "läufer", "a,b"})
  void another_request_id_is_replaced(String id) {
    for (String sent : new String[] {id, "x".repeat(65)}) {
      RawAnswer answer =
          TestSocket.request(server, "GET /health HTTP/1.1", "X-Request-Id: " + sent);

      assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{16}").isNotEqualTo(sent);
    }
  }

  @Test
  void a_defect_is_a_500_that_tells_nothing_and_does_not_stop_the_server() throws SQLException {
    execute("ALTER TABLE apps RENAME TO apps_away");
    try {
      for (TestAnswer answer :
          new TestAnswer[] {
            server.get("/api/v1/apps").token(team.token()).send(),
            server.post("/api/v1/apps").token(team.token()).json("{\"slug\":\"jobs\"}").send()
          }) {
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.errorCode()).isEqualTo("internal");
        assertThat(answer.body())
            .doesNotContainIgnoringCase("sql")
            .doesNotContain("apps", "Exception", "SELECT", folder.toString());
      }
      assertThat(server.get("/ready").send().status()).isEqualTo(200);
      assertThat(server.get("/api/v1/me").token(team.token()).send().status()).isEqualTo(200);
    } finally {
      execute("ALTER TABLE apps_away RENAME TO apps");
    }
    assertThat(server.get("/api/v1/apps").token(team.token()).send().status()).isEqualTo(200);
  }

  @Test
  void a_database_that_can_not_commit_is_503_and_not_ready_while_reading_goes_on()
      throws SQLException {
    execute(
        """
        CREATE TRIGGER no_commit BEFORE UPDATE ON server_clock
        BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END
        """);
    try {
      TestAnswer write =
          server.post("/api/v1/apps").token(team.token()).json("{\"slug\":\"full\"}").send();

      assertThat(write.status()).isEqualTo(503);
      assertThat(write.errorCode()).isEqualTo("unavailable");
      assertThat(write.header("Retry-After")).hasValue("1");
      assertThat(write.body()).doesNotContain("disk", "server_clock");
      assertThat(server.get("/ready").send().status()).isEqualTo(503);
      assertThat(server.get("/health").send().status()).isEqualTo(200);
      assertThat(server.get("/api/v1/apps").token(team.token()).send().status()).isEqualTo(200);
    } finally {
      execute("DROP TRIGGER no_commit");
    }

    assertThat(server.get("/ready").send().status()).isEqualTo(200);
    TestAnswer again =
        server.post("/api/v1/apps").token(team.token()).json("{\"slug\":\"full\"}").send();
    assertThat(again.status()).isEqualTo(201);
  }
}
