package dev.minitower.cli;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real HTTP server that plays a control plane. Each call, named like {@code GET /api/v1/me}, has
 * a list of answers; the last one is repeated. A call without any is answered as an unknown path.
 */
public final class ScriptedControlPlane implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Deque<Script>> scripts = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** One request as it arrived; {@code path} holds the query, {@code bytes} the body in Latin-1. */
  public record Request(
      String method, String path, Map<String, List<String>> headers, String bytes) {
    public String call() {
      return method + " " + path;
    }

    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().get(0))
          .findFirst()
          .orElse("");
    }

    public String text() {
      return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
  }

  /** Writes one answer. */
  @FunctionalInterface
  public interface Script {
    void answer(HttpExchange exchange) throws IOException;
  }

  static {
    // Without it the JDK's server lets every second answer wait 40 ms for the client's ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private ScriptedControlPlane(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public static ScriptedControlPlane start() {
    try {
      var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      return new ScriptedControlPlane(HttpServer.create(anyPort, 0));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @CanIgnoreReturnValue
  public ScriptedControlPlane answers(String call, Script script) {
    scripts.computeIfAbsent(call, unused -> new ArrayDeque<>()).add(script);
    return this;
  }

  @CanIgnoreReturnValue
  public ScriptedControlPlane answers(String call, int status, String json) {
    return answers(
        call,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.getResponseHeaders().set("X-Request-Id", "req-1");
          send(exchange, status, json);
        });
  }

  /** Forgets what the call was to answer until now. */
  @CanIgnoreReturnValue
  public ScriptedControlPlane answersOnlyThis(String call, int status, String json) {
    scripts.remove(call);
    return answers(call, status, json);
  }

  @CanIgnoreReturnValue
  public ScriptedControlPlane answersOnlyThis(String call, Script script) {
    scripts.remove(call);
    return answers(call, script);
  }

  @CanIgnoreReturnValue
  public ScriptedControlPlane refuses(String call, int status, String code, String message) {
    return answers(
        call,
        status,
        "{\"error\":{\"code\":\"%s\",\"message\":\"%s\",\"request_id\":\"req-1\"}}"
            .formatted(code, message));
  }

  /** An event stream that ends in good order after what it says. */
  @CanIgnoreReturnValue
  public ScriptedControlPlane streams(String call, String events) {
    return answers(call, exchange -> sendStream(exchange, events).close());
  }

  /** An event stream whose connection is cut after what it says. */
  @CanIgnoreReturnValue
  public ScriptedControlPlane streamsAndBreaks(String call, String events) {
    return answers(call, exchange -> sendStream(exchange, events));
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public List<String> calls() {
    return requests.stream().map(Request::call).toList();
  }

  public Request only(String call) {
    List<Request> found = requests.stream().filter(request -> request.call().equals(call)).toList();
    if (found.size() != 1) {
      throw new AssertionError(call + " came " + found.size() + " times, in " + calls());
    }
    return found.get(0);
  }

  public static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @CanIgnoreReturnValue
  private static OutputStream sendStream(HttpExchange exchange, String events) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream;charset=UTF-8");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(events.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    return exchange.getResponseBody();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream body = exchange.getRequestBody()) {
      String path = exchange.getRequestURI().toString();
      var request =
          new Request(
              exchange.getRequestMethod(),
              path,
              Map.copyOf(exchange.getRequestHeaders()),
              new String(body.readAllBytes(), StandardCharsets.ISO_8859_1));
      requests.add(request);
      next(request).answer(exchange);
    }
  }

  private Script next(Request request) {
    String withoutQuery = request.call().replaceFirst("\\?.*", "");
    Deque<Script> answers = scripts.getOrDefault(request.call(), scripts.get(withoutQuery));
    if (answers == null) {
      String json = "{\"error\":{\"code\":\"not_found\",\"message\":\"there is no such thing\"}}";
      return exchange -> send(exchange, 404, json);
    }
    synchronized (answers) {
      return answers.size() > 1 ? answers.remove() : answers.element();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
