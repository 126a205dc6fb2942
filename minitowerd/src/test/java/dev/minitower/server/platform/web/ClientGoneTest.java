package dev.minitower.server.platform.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Browsers break off what they no longer want, all the time. */
class ClientGoneTest {
  private static final int RUNS = 100;
  private static final int CLIENTS = 20;

  @TempDir Path folder;
  private TestServer server;
  private RunFixture fixture;
  private final Logger log = (Logger) LoggerFactory.getLogger("dev.minitower");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
    fixture = new RunFixture(server);
    logged.start();
    log.addAppender(logged);
  }

  @AfterEach
  void stop() {
    log.detachAppender(logged);
    server.close();
  }

  @Test
  void client_that_leaves_in_the_middle_of_an_answer_is_no_error() throws Exception {
    String large = "\"input\":{\"text\":\"" + "x".repeat(60_000) + "\"}";
    for (int i = 0; i < RUNS; i++) {
      assertThat(fixture.queue(large)).isPositive();
    }

    for (int i = 0; i < CLIENTS; i++) {
      askAndLeave("/api/v1/runs?limit=" + RUNS);
    }

    await().atMost(Duration.ofSeconds(20)).until(() -> requestsEnded() >= CLIENTS);
    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(message -> message.startsWith("Unexpected error"));
  }

  /** Reads the head of the answer, so that the server is in the middle of it, and resets. */
  private void askAndLeave(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri("/").getPort())) {
      socket.setReceiveBufferSize(1024);
      socket.setSoLinger(true, 0);
      String request =
          "GET %s HTTP/1.1\r\nHost: tower\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(path, fixture.team.token());
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      assertThat(socket.getInputStream().readNBytes(64)).hasSize(64);
    }
  }

  private long requestsEnded() {
    return server
        .get("/metrics")
        .send()
        .body()
        .lines()
        .filter(line -> line.startsWith("minitower_http_requests_total{"))
        .filter(line -> line.contains("method=\"GET\"") && line.contains("/api/v1/runs\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
