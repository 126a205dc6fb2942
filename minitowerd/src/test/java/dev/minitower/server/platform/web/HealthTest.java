package dev.minitower.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
  @TempDir Path folder;

  @Test
  void a_server_that_stops_is_not_ready_first_while_it_still_answers() {
    try (TestServer server = TestServer.start(folder)) {
      assertThat(server.get("/health").send().body()).isEqualTo("{\"status\":\"ok\"}");
      assertThat(server.get("/ready").send().body()).isEqualTo("{\"status\":\"ready\"}");

      server.bean(HealthController.class).stop();
      TestAnswer stopping = server.get("/ready").send();

      assertThat(stopping.status()).isEqualTo(503);
      assertThat(stopping.errorCode()).isEqualTo("unavailable");
      assertThat(stopping.header("Retry-After")).isPresent();
      assertThat(server.get("/health").send().status()).isEqualTo(200);
      assertThat(server.get("/api/v1/auth/options").send().status()).isEqualTo(200);
    }
  }
}
