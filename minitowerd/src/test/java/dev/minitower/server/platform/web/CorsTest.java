package dev.minitower.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorsTest {
  private static final String FRIEND = "https://console.example.org";
  private static final String STRANGER = "https://evil.example.org";

  @TempDir Path folder;
  private TestServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  private void startWith(String origins) {
    server = TestServer.start(folder, Map.of("MINITOWER_CORS_ORIGINS", origins));
  }

  private TestAnswer preflight(String path, String origin) {
    return server
        .request("OPTIONS", path)
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization, content-type")
        .send();
  }

  @Test
  void pages_of_a_configured_origin_may_call_the_api() {
    startWith(FRIEND);

    TestAnswer preflight = preflight("/api/v1/apps", FRIEND);
    TestAnswer call = server.get("/api/v1/me").header("Origin", FRIEND).send();

    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.header("Access-Control-Allow-Origin")).hasValue(FRIEND);
    assertThat(preflight.header("Access-Control-Allow-Methods").orElseThrow()).contains("POST");
    assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(call.status()).isEqualTo(401);
    assertThat(call.header("Access-Control-Allow-Origin")).hasValue(FRIEND);
    assertThat(call.header("Access-Control-Expose-Headers").orElseThrow()).contains("X-Request-Id");
  }

  @Test
  void pages_of_another_origin_are_refused_in_the_envelope() {
    startWith(FRIEND);

    for (TestAnswer answer :
        new TestAnswer[] {
          preflight("/api/v1/apps", STRANGER),
          server.get("/api/v1/auth/options").header("Origin", STRANGER).send()
        }) {
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.errorCode()).isEqualTo("forbidden");
      assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void the_server_is_not_a_stranger_to_itself() {
    startWith(FRIEND);

    TestAnswer answer =
        server.get("/api/v1/auth/options").header("Origin", server.uri("").toString()).send();

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void without_a_configured_origin_no_page_is_told_that_it_may() {
    startWith("");

    TestAnswer preflight = preflight("/api/v1/apps", FRIEND);
    TestAnswer call = server.get("/api/v1/auth/options").header("Origin", FRIEND).send();

    assertThat(preflight.status()).isEqualTo(405);
    assertThat(preflight.errorCode()).isEqualTo("method_not_allowed");
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(call.status()).isEqualTo(200);
    assertThat(call.header("Access-Control-Allow-Origin")).isEmpty();
  }
}
