package dev.minitower.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A control plane in memory that keeps the contract but for one thing, once. */
final class LyingServer implements AutoCloseable {
  /** What it does wrong, to the tenth run. */
  enum Lie {
    NONE,
    LOSES_A_RUN,
    LEASES_TWICE,
    DROPS_A_LINE,
    FORGETS_A_RESULT,
    REFUSES_A_START
  }

  private static final long VICTIM = 10;

  static {
    // Or each answer waits 40 ms for an acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final class Run {
    private String status = "queued";
    private final List<String> lines = new ArrayList<>();
  }

  private record Answer(int status, String body) {}

  private final Lie lie;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<Long, Run> runs = new LinkedHashMap<>();
  private final Queue<Long> queue = new ArrayDeque<>();

  LyingServer(Lie lie) throws IOException {
    this.lie = lie;
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    http.createContext("/", this::handle);
    http.setExecutor(threads);
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String path = exchange.getRequestURI().getPath().replaceFirst("^/api/v1", "");
    Answer answer;
    synchronized (this) {
      answer = answer(exchange.getRequestMethod() + " " + path, body, exchange);
    }
    byte[] bytes = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Answer answer(String call, String body, HttpExchange exchange) {
    if (call.equals("POST /teams/signup") || call.equals("POST /runners/register")) {
      return new Answer(201, "{\"token\":\"t\"}");
    }
    if (call.equals("POST /runs/lease")) {
      return lease();
    }
    if (call.matches("GET /apps/.*/runs")) {
      return list(exchange.getRequestURI().getQuery());
    }
    if (call.matches("POST /apps/.*/runs")) {
      return create();
    }
    if (call.startsWith("POST /apps")) {
      return new Answer(201, "{}");
    }
    return call.matches("(POST|GET) /runs/\\d+/.*")
        ? ofRun(call, Long.parseLong(call.split("/")[2]), body)
        : new Answer(404, "");
  }

  private Answer create() {
    long id = runs.size() + 1L;
    runs.put(id, new Run());
    if (!lied(Lie.LOSES_A_RUN, id)) {
      queue.add(id);
    }
    if (lied(Lie.LEASES_TWICE, id)) {
      queue.add(id);
    }
    return new Answer(201, "{\"run_id\":" + id + "}");
  }

  private boolean lied(Lie kind, long run) {
    return lie == kind && run == VICTIM;
  }

  private Answer lease() {
    Long id = queue.poll();
    return id == null
        ? new Answer(204, "")
        : new Answer(200, "{\"run_id\":" + id + ",\"attempt_no\":1,\"lease_token\":\"l\"}");
  }

  private Answer list(String query) {
    int offset = Integer.parseInt(query.replaceFirst(".*offset=", ""));
    String page =
        runs.entrySet().stream()
            .skip(offset)
            .limit(100)
            .map(e -> "{\"run_id\":" + e.getKey() + ",\"status\":\"" + e.getValue().status + "\"}")
            .collect(Collectors.joining(",", "{\"runs\":[", "]}"));
    return new Answer(200, page);
  }

  private Answer ofRun(String call, long id, String body) {
    Run run = runs.get(id);
    if (call.startsWith("GET")) {
      return new Answer(200, "{\"logs\":[" + String.join(",", run.lines) + "]}");
    }
    if (call.endsWith("/logs")) {
      String batch = body.substring("{\"logs\":[{".length(), body.length() - "}]}".length());
      for (String entry : batch.split("\\},\\{")) {
        run.lines.add("{" + entry + "}");
      }
      if (lied(Lie.DROPS_A_LINE, id) && run.lines.size() == 100) {
        String unused = run.lines.remove(1);
      }
    } else if (call.endsWith("/result") && !lied(Lie.FORGETS_A_RESULT, id)) {
      run.status = "completed";
    } else if (call.endsWith("/start") && lied(Lie.REFUSES_A_START, id)) {
      return new Answer(500, "{\"error\":{}}");
    }
    return new Answer(200, "{}");
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
