package dev.minitower.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiControllerTest {
  private static final String PATH = "/api/v1/openapi.json";

  @TempDir private Path folder;

  @Test
  void the_document_is_served_as_it_is_published() throws IOException {
    try (TestServer server = TestServer.start(folder)) {
      TestAnswer answer = server.get(PATH).send();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(Files.readString(Path.of("../docs/openapi.json")));
      assertThat(answer.header("Content-Type")).contains("application/json");
    }
  }

  @Test
  void who_has_the_document_asks_only_whether_it_changed() {
    try (TestServer server = TestServer.start(folder)) {
      TestAnswer first = server.get(PATH).send();
      String etag = first.header("ETag").orElseThrow();

      TestAnswer again = server.get(PATH).header("If-None-Match", etag).send();

      assertThat(first.response().headers().allValues("Cache-Control")).containsExactly("no-cache");
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.bytes()).isEmpty();
    }
  }
}
