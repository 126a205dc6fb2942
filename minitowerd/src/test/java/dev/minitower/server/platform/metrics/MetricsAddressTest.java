package dev.minitower.server.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minitower.server.TestServer;
import dev.minitower.server.platform.database.StartupException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsAddressTest {
  @TempDir Path folder;

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void on_an_address_of_their_own_are_the_metrics_and_nothing_else() throws Exception {
    int port = freePort();
    try (TestServer server =
        TestServer.start(folder, Map.of("MINITOWER_METRICS_ADDR", "127.0.0.1:" + port))) {
      assertThat(get(port, "/metrics").statusCode()).isEqualTo(200);
      assertThat(get(port, "/metrics").body()).contains("jvm_memory_used_bytes");
      for (String path : new String[] {"/", "/health", "/ready", "/api/v1/me", "/metrics/"}) {
        assertThat(get(port, path).statusCode()).as(path).isEqualTo(404);
        assertThat(get(port, path).body()).contains("\"not_found\"");
      }

      assertThat(server.get("/metrics").send().status()).isEqualTo(404);
      assertThat(server.get("/health").send().status()).isEqualTo(200);
    }
  }

  @Test
  void a_host_that_is_not_known_stops_the_start_with_one_line() {
    assertThatThrownBy(
            () ->
                TestServer.start(
                    folder, Map.of("MINITOWER_METRICS_ADDR", "no-such-host.invalid:9090")))
        .hasRootCauseInstanceOf(UnknownHostException.class)
        .satisfies(
            e ->
                assertThat(causes(e))
                    .anySatisfy(
                        cause ->
                            assertThat(cause)
                                .isInstanceOf(StartupException.class)
                                .hasMessageContaining("MINITOWER_METRICS_ADDR")));
  }

  private static List<Throwable> causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause).toList();
  }
}
