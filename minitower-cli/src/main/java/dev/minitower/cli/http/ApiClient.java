package dev.minitower.cli.http;

import dev.minitower.cli.config.Connection;
import dev.minitower.cli.platform.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Calls the control plane. Answers other than 2xx leave as {@link ServerRefusal}, missing ones as
 * {@link Unreachable}. Redirects are not followed: the token is for one address.
 */
public final class ApiClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  /** Three times the interval at which the server sends a comment into a silent stream. */
  private static final Duration STREAM_TIMEOUT = Duration.ofSeconds(45);

  private final Connection connection;
  private final CallTrace trace;

  public ApiClient(Connection connection, CallTrace trace) {
    this.connection = connection;
    this.trace = trace;
  }

  public Answer get(ApiPath path) {
    return call(new Call("GET", path, null, Map.of()));
  }

  public Answer post(ApiPath path) {
    return call(new Call("POST", path, null, Map.of()));
  }

  public Answer post(ApiPath path, JsonNode body) {
    return post(path, body, Map.of());
  }

  public Answer post(ApiPath path, JsonNode body, Map<String, String> headers) {
    return call(new Call("POST", path, Json.write(body), headers));
  }

  public Answer patch(ApiPath path, JsonNode body) {
    String call = "PATCH " + path;
    long started = System.nanoTime();
    try {
      var response =
          new Patch(connection, CONNECT_TIMEOUT, ANSWER_TIMEOUT).send(path, Json.write(body));
      var took = Duration.ofNanos(System.nanoTime() - started);
      String requestId = response.headers().firstValue("X-Request-Id").orElse("none");
      trace.called(call, response.statusCode(), took, requestId);
      return accepted(new Answer(response.statusCode(), response.body()), call);
    } catch (IOException failed) {
      throw Unreachable.of(connection.server(), call, failed);
    }
  }

  public Answer delete(ApiPath path) {
    return call(new Call("DELETE", path, null, Map.of()));
  }

  /** The answer, or empty where the server knows no such thing. */
  public Optional<Answer> find(ApiPath path) {
    try {
      return Optional.of(get(path));
    } catch (ServerRefusal refusal) {
      if (refusal.status() == 404) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /** Sends a file as the part {@code artifact} of a form. */
  public Answer upload(ApiPath path, Path file, UploadListener listener) {
    return new Upload(file, listener).send(this, path);
  }

  /**
   * Writes what the server sends to the target, as it comes.
   *
   * @throws java.io.UncheckedIOException if the target can't be written
   */
  public Download download(ApiPath path, OutputStream target, UploadListener listener) {
    try {
      HttpURLConnection http = open("GET", path, ANSWER_TIMEOUT);
      http.setRequestProperty("Accept", "application/gzip, application/json");
      long started = System.nanoTime();
      int status = http.getResponseCode();
      report(http, "GET", path, status, started);
      if (status != HttpURLConnection.HTTP_OK) {
        throw ServerRefusal.of(new Answer(status, body(http)), "GET " + path);
      }
      return Download.read(http, target, listener);
    } catch (IOException failed) {
      throw Unreachable.of(connection.server(), "GET " + path, failed);
    }
  }

  /**
   * Opens an event stream after the event with the given id, or from its start. What breaks while
   * it is read is the reader's to handle.
   */
  public EventStream events(ApiPath path, @Nullable String lastEventId) {
    return awaited("GET " + path, () -> openEvents(path, lastEventId));
  }

  private EventStream openEvents(ApiPath path, @Nullable String lastEventId) throws IOException {
    HttpURLConnection http = open("GET", path, STREAM_TIMEOUT);
    http.setRequestProperty("Accept", "text/event-stream");
    http.setRequestProperty("Cache-Control", "no-cache");
    if (lastEventId != null) {
      http.setRequestProperty("Last-Event-ID", lastEventId);
    }
    long started = System.nanoTime();
    int status = http.getResponseCode();
    report(http, "GET", path, status, started);
    if (status != HttpURLConnection.HTTP_OK) {
      throw ServerRefusal.of(new Answer(status, body(http)), "GET " + path);
    }
    return EventStream.of(http);
  }

  private record Call(
      String method, ApiPath path, @Nullable String body, Map<String, String> headers) {
    String name() {
      return method + " " + path;
    }
  }

  private Answer call(Call call) {
    return awaited(call.name(), () -> exchange(call));
  }

  private Answer exchange(Call call) throws IOException {
    HttpURLConnection http = open(call.method(), call.path(), ANSWER_TIMEOUT);
    call.headers().forEach(http::setRequestProperty);
    long started = System.nanoTime();
    if (call.body() != null) {
      http.setRequestProperty("Content-Type", "application/json");
      send(http, call.body().getBytes(StandardCharsets.UTF_8));
    } else if (call.method().equals("POST")) {
      send(http, new byte[0]);
    }
    return answer(http, call.method(), call.path(), started);
  }

  @FunctionalInterface
  private interface Exchange<T> {
    T run() throws IOException;
  }

  /** The exchange's answer, while whoever is told of calls knows that it is waited for. */
  private <T> T awaited(String call, Exchange<T> exchange) {
    CallTrace.Waiting waiting = trace.begins(call);
    long started = System.nanoTime();
    try {
      return exchange.run();
    } catch (IOException failed) {
      trace.unanswered(call, Duration.ofNanos(System.nanoTime() - started));
      throw Unreachable.of(connection.server(), call, failed);
    } finally {
      waiting.close();
    }
  }

  HttpURLConnection open(String method, ApiPath path, Duration answerTimeout) throws IOException {
    var url = URI.create(connection.server().url() + path).toURL();
    var http = (HttpURLConnection) url.openConnection();
    http.setRequestMethod(method);
    http.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
    http.setReadTimeout((int) answerTimeout.toMillis());
    http.setInstanceFollowRedirects(false);
    http.setUseCaches(false);
    http.setRequestProperty("Accept", "application/json");
    http.setRequestProperty("User-Agent", "minitower-cli");
    if (connection.token() != null) {
      http.setRequestProperty("Authorization", "Bearer " + connection.token());
    }
    return http;
  }

  private static void send(HttpURLConnection http, byte[] body) throws IOException {
    http.setDoOutput(true);
    try (OutputStream out = http.getOutputStream()) {
      out.write(body);
    }
  }

  /** Reads the answer to a request that has been sent. */
  Answer answer(HttpURLConnection http, String method, ApiPath path, long started)
      throws IOException {
    int status = http.getResponseCode();
    var answer = new Answer(status, body(http));
    report(http, method, path, status, started);
    return accepted(answer, method + " " + path);
  }

  private static Answer accepted(Answer answer, String call) {
    if (answer.status() < 200 || answer.status() > 299) {
      throw ServerRefusal.of(answer, call);
    }
    return answer;
  }

  Connection connection() {
    return connection;
  }

  private void report(
      HttpURLConnection http, String method, ApiPath path, int status, long started) {
    var took = Duration.ofNanos(System.nanoTime() - started);
    String requestId = http.getHeaderField("X-Request-Id");
    trace.called(method + " " + path, status, took, requestId == null ? "none" : requestId);
  }

  private static String body(HttpURLConnection http) throws IOException {
    try (InputStream stream = bodyStream(http)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream bodyStream(HttpURLConnection http) throws IOException {
    InputStream ofError = http.getErrorStream();
    if (ofError != null) {
      return ofError;
    }
    return http.getResponseCode() < 400 ? http.getInputStream() : InputStream.nullInputStream();
  }
}
