package dev.minitower.server.platform.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
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
  private final Logger log = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
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

  @Test
  void client_that_leaves_its_event_stream_is_no_error() throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      listenAndLeave();
    }

    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              assertThat(fixture.queue("")).isPositive();
              return metric("minitower_event_streams").sum() == 0;
            });
    assertThat(logged.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .isEmpty();
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

  /** Hears the greeting and closes in order, so that only what is written later finds it gone. */
  private void listenAndLeave() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri("/").getPort())) {
      String request =
          "GET /api/v1/events HTTP/1.1\r\nHost: tower\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(fixture.team.token());
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      StringBuilder heard = new StringBuilder();
      while (heard.indexOf("data: {}\n\n\r\n") < 0) {
        heard.append((char) socket.getInputStream().read());
      }
    }
  }

  private long requestsEnded() {
    return (long)
        metric("minitower_http_requests_total\\{.*method=\"GET\",.*path=\"/api/v1/runs\".*").sum();
  }

  private DoubleStream metric(String pattern) {
    Pattern series = Pattern.compile(pattern + " (\\S+)");
    return server
        .get("/metrics")
        .send()
        .body()
        .lines()
        .map(series::matcher)
        .filter(Matcher::matches)
        .mapToDouble(match -> Double.parseDouble(match.group(1)));
  }
}
