package dev.minitower.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small answers go out whole; of large ones no more than a part is ever kept. */
class AnswerLengthTest {
  private static final int APPS = 60;

  @TempDir static Path folder;
  private static TestServer server;
  private static TestTeam team;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    team = server.newTeam("acme");
    for (int i = 10; i < 10 + APPS; i++) {
      String app = "{\"slug\": \"jobs-%d\", \"description\": \"%s\"}".formatted(i, "ü".repeat(200));
      assertThat(server.post("/api/v1/apps").token(team.token()).json(app).send().status())
          .isEqualTo(201);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestAnswer get(String path) {
    return server.get(path).token(team.token()).send();
  }

  @Test
  void small_answer_says_how_long_it_is() {
    TestAnswer answer = get("/api/v1/me");

    assertThat(answer.header("Content-Length")).hasValue(String.valueOf(answer.bytes().length));
    assertThat(answer.header("Transfer-Encoding")).isEmpty();
  }

  @Test
  void small_refusal_says_how_long_it_is() {
    TestAnswer answer = get("/api/v1/apps/unknown");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Length")).hasValue(String.valueOf(answer.bytes().length));
  }

  @Test
  void large_answer_goes_out_in_pieces_and_whole() {
    TestAnswer answer = get("/api/v1/apps?limit=100");

    assertThat(answer.bytes().length).isGreaterThan(16_384);
    assertThat(answer.header("Content-Length")).isEmpty();
    assertThat(answer.each("apps", "slug")).hasSize(APPS).doesNotHaveDuplicates();
  }
}
