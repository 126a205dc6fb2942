package dev.minitower.bench.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpConnectionTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final String LAST =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private ServerSocket listener;
  private HttpConnection http;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    http = new HttpConnection(Endpoint.of("http://127.0.0.1:" + listener.getLocalPort()));
  }

  @AfterEach
  void close() throws IOException {
    http.close();
    listener.close();
  }

  /** One connection after the other, and on each these answers; then it is closed. */
  private void serve(String[]... connections) {
    var thread =
        new Thread(
            () -> {
              for (int i = 0; i < connections.length; i++) {
                serveOne(i, connections[i]);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void serveOne(int number, String... answers) {
    try (Socket socket = listener.accept()) {
      for (String answer : answers) {
        var text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\n")) {
          text.append((char) socket.getInputStream().read());
        }
        requests.add(number + " " + text);
        socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
      }
    } catch (IOException e) {
      requests.add(e.toString());
    }
  }

  private String request() throws InterruptedException {
    return requests.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void a_connection_is_used_again_until_the_server_says_that_it_ends() throws Exception {
    serve(new String[] {OK, LAST}, new String[] {OK});

    for (int i = 0; i < 3; i++) {
      HttpAnswer answer = http.get("/ready", "X: y\r\n");
      assertThat(answer.status() + " " + answer.body()).isEqualTo("200 ok");
    }

    String sent =
        " GET /ready HTTP/1.1\r\nHost: 127.0.0.1:" + listener.getLocalPort() + "\r\nX: y\r\n\r\n";
    assertThat(request()).isEqualTo("0" + sent);
    assertThat(request()).isEqualTo("0" + sent);
    assertThat(request()).isEqualTo("1" + sent);
  }

  @Test
  void a_request_that_had_no_answer_is_not_sent_again() {
    serve(new String[] {""}, new String[] {OK});

    assertThatThrownBy(() -> http.send("POST", "/x", "", new Bytes(0)))
        .isInstanceOf(IOException.class);

    assertThat(requests).hasSize(1);
  }

  @Test
  void after_a_failure_the_next_request_opens_a_new_connection() throws Exception {
    serve(new String[] {""}, new String[] {OK});
    assertThatThrownBy(() -> http.get("/a", "")).isInstanceOf(IOException.class);

    HttpAnswer answer = http.get("/b", "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(request()).startsWith("0 GET /a ");
    assertThat(request()).startsWith("1 GET /b ");
  }

  @Test
  void a_body_is_announced_by_its_length() throws Exception {
    serve(new String[] {OK});

    HttpAnswer answer = http.send("POST", "/x", "", Bytes.of("a\r\n\r\n"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(request()).endsWith("\r\nContent-Length: 5\r\n\r\n");
  }
}
