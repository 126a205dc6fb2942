package dev.minitower.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmokeTest {
  @TempDir Path dir;

  @Test
  void a_server_starts_and_answers() {
    try (TestServer server = TestServer.start(dir)) {
      assertThat(server.get("/health").send().body()).isEqualTo("{\"status\":\"ok\"}");
      assertThat(server.get("/ready").send().body()).isEqualTo("{\"status\":\"ready\"}");
      var team = server.newTeam("acme");
      assertThat(server.get("/api/v1/me").token(team.token()).send().status()).isEqualTo(200);
      assertThat(server.get("/api/v1/runs").token(team.token()).send().body())
          .isEqualTo("{\"runs\":[]}");
      String r = server.runner("r1", 1);
      assertThat(server.post("/api/v1/runs/lease").token(r).send().status()).isEqualTo(204);
      System.out.println(
          server
              .get("/metrics")
              .send()
              .body()
              .lines()
              .filter(l -> l.startsWith("minitower_http_req"))
              .toList());
      System.out.println(server.get("/nope/x.js").send());
      System.out.println(server.post("/api/v1/teams/signup").json("{\"slug\":5}").send());
      System.out.println(
          server
              .post("/api/v1/apps")
              .token(team.token())
              .json("{\"slug\":\"x-app\",\"nope\":5}")
              .send());
    }
  }
}
