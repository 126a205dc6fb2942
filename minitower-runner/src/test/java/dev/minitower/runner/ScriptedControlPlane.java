package dev.minitower.runner;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.minitower.model.api.LogBatchRequest;
import dev.minitower.model.api.LogLine;
import dev.minitower.model.api.Outcome;
import dev.minitower.model.api.RegisterRunnerRequest;
import dev.minitower.model.api.ReleaseRequest;
import dev.minitower.model.api.ResultRequest;
import dev.minitower.model.api.RunnerStateRequest;
import dev.minitower.model.lifecycle.AttemptStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The control plane as far as a runner sees it, over real HTTP, keeping the table of {@code
 * lifecycle.md}; and any of its calls can be made to fail as a network or a server does.
 */
final class ScriptedControlPlane implements AutoCloseable {
  static final String REGISTRATION_TOKEN = "let-me-in";
  private static final long CHECK_MILLIS = 50;

  static {
    // Or each answer takes 40 ms: its body waits for the client's acknowledgement of its header.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final JsonMapper json = new JsonMapper();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final Map<Long, FakeRun> runs = new LinkedHashMap<>();
  private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
  private final List<String> askedTokens = new CopyOnWriteArrayList<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<RunnerStateRequest> states = new CopyOnWriteArrayList<>();
  private final Map<String, String> instances = new ConcurrentHashMap<>();
  private final Map<String, String> runnerTokens = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<RegisterRunnerRequest> registrations = new CopyOnWriteArrayList<>();
  private final int ttlSeconds;
  private volatile boolean endsLeases;
  private volatile Optional<Fault> outage = Optional.empty();
  private volatile boolean knowsWait = true;
  private volatile int maxLogLines = 1_000;
  private volatile boolean knowsGzip = true;

  /** What happens to a call instead of its answer. */
  interface Fault {
    void apply(HttpExchange exchange, Handler normal) throws IOException, InterruptedException;
  }

  /**
   * A request as it arrived.
   *
   * @param run 0 for calls that are about no run
   */
  record Call(String name, long run, long nanos) {}

  interface Handler {
    void handle(HttpExchange exchange) throws IOException, InterruptedException;
  }

  ScriptedControlPlane(int ttlSeconds) throws IOException {
    this.ttlSeconds = ttlSeconds;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::route);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  // What a test arranges.

  FakeRun queue(String script, String text) {
    return queue(script, TestArtifact.of(script, text), Map.of(), null);
  }

  synchronized FakeRun queue(
      String script, byte[] artifact, Map<String, Object> input, Integer timeout) {
    var run = new FakeRun(nextRun(), artifact, script, input, timeout);
    runs.put(run.id, run);
    notifyAll();
    return run;
  }

  /** The id of the run that is queued next. */
  synchronized long nextRun() {
    return runs.size() + 1L;
  }

  synchronized void cancel(FakeRun run) {
    run.status = AttemptStatus.CANCELLING;
  }

  /** The lease is over on the server: every further call under it is answered 410. */
  synchronized void end(FakeRun run) {
    run.over = true;
  }

  /**
   * From now on leases that are not renewed end here as they do on a real server, and a run with
   * retries left is given to whoever asks next.
   */
  void endLeasesInTime() {
    endsLeases = true;
  }

  /** All calls of all runners, until {@link #recover}. */
  void breakDown(Fault fault) {
    outage = Optional.of(fault);
  }

  void recover() {
    outage = Optional.empty();
  }

  /** Like the original server: no long poll, small batches, no compression. */
  void beOld() {
    knowsWait = false;
    maxLogLines = 100;
    knowsGzip = false;
  }

  void fault(String call, Fault... faultsInOrder) {
    faults.computeIfAbsent(call, key -> new ArrayDeque<>()).addAll(List.of(faultsInOrder));
  }

  void fault(String call, int times, Fault fault) {
    for (int i = 0; i < times; i++) {
      fault(call, fault);
    }
  }

  /** For the calls about one run only. */
  void fault(FakeRun run, String call, Fault... faultsInOrder) {
    fault(call + " " + run.id, faultsInOrder);
  }

  void healed(String call) {
    faults.remove(call);
  }

  static Fault status(int status) {
    return (exchange, normal) ->
        answer(exchange, status, "{\"error\":{\"code\":\"x\",\"message\":\"scripted\"}}");
  }

  /** The connection breaks before anything was done. */
  static Fault reset() {
    return (exchange, normal) -> exchange.close();
  }

  /** Everything is done, but the answer never arrives. */
  static Fault lostAnswer() {
    return (exchange, normal) -> {
      var swallowed = new SwallowedExchange(exchange);
      normal.handle(swallowed);
      exchange.close();
    };
  }

  /** Answers as it should, but not soon. */
  Fault late(long millis) {
    return (exchange, normal) -> {
      var unused = closed.await(millis, MILLISECONDS);
      normal.handle(exchange);
    };
  }

  /** Takes the request and says nothing, neither now nor later. */
  Fault silent() {
    return (exchange, normal) -> {
      closed.await();
      exchange.close();
    };
  }

  static Fault malformed() {
    return (exchange, normal) -> answer(exchange, 200, "<html>not what you think");
  }

  // What a test looks at.

  synchronized List<String> lines(FakeRun run) {
    return run.logs.values().stream().map(LogLine::line).toList();
  }

  synchronized List<Long> sequence(FakeRun run) {
    return new ArrayList<>(run.logs.keySet());
  }

  synchronized AttemptStatus status(FakeRun run) {
    return run.status;
  }

  synchronized <T> T see(java.util.function.Supplier<T> what) {
    return what.get();
  }

  List<String> calls() {
    return calls.stream().map(Call::name).toList();
  }

  List<Call> calls(FakeRun run) {
    return calls.stream().filter(call -> call.run() == run.id).toList();
  }

  List<RunnerStateRequest> states() {
    return states;
  }

  synchronized List<Tenure> tenures(long run) {
    return List.copyOf(runs.get(run).tenures);
  }

  List<String> askedTokens() {
    return askedTokens;
  }

  List<RegisterRunnerRequest> registrations() {
    return registrations;
  }

  void forgetRunner() {
    runnerTokens.clear();
  }

  // The server.

  private void route(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    String call = path[path.length - 1];
    String run = path[path.length - 2];
    try (exchange) {
      boolean aboutRun = run.matches("\\d+");
      calls.add(new Call(call, aboutRun ? Long.parseLong(run) : 0, System.nanoTime()));
      Handler normal = known -> handle(known, call, path);
      Fault none = (unharmed, handler) -> handler.handle(unharmed);
      outage
          .or(() -> nextFault(call + " " + run))
          .or(() -> nextFault(call))
          .orElse(none)
          .apply(exchange, normal);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Fault> nextFault(String key) {
    Deque<Fault> waiting = faults.getOrDefault(key, new ArrayDeque<>());
    synchronized (waiting) {
      return Optional.ofNullable(waiting.poll());
    }
  }

  private void handle(HttpExchange exchange, String call, String[] path)
      throws IOException, InterruptedException {
    String token = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
    boolean known =
        call.equals("register")
            ? token.equals(REGISTRATION_TOKEN)
            : runnerTokens.containsKey(token);
    if (!known) {
      answer(exchange, 401, "{}");
      return;
    }
    switch (call) {
      case "register" -> register(exchange);
      case "lease" -> lease(exchange);
      case "state" -> {
        states.add(json.readValue(body(exchange), RunnerStateRequest.class));
        answer(exchange, 200, "{\"status\":\"ok\"}");
      }
      default -> underLease(exchange, call, Long.parseLong(path[path.length - 2]));
    }
  }

  /** A name belongs to the instance that was the first to have it, here for ever. */
  private synchronized void register(HttpExchange exchange) throws IOException {
    RegisterRunnerRequest request = json.readValue(body(exchange), RegisterRunnerRequest.class);
    String instance = String.valueOf(request.instanceId());
    String owner = instances.computeIfAbsent(request.name(), name -> instance);
    if (!owner.equals(instance)) {
      answer(exchange, 409, "{\"error\":{\"code\":\"conflict\",\"message\":\"in use\"}}");
      return;
    }
    registrations.add(request);
    String token = "mtr_" + registrations.size();
    runnerTokens.values().remove(request.name());
    runnerTokens.put(token, request.name());
    answer(exchange, 201, "{\"runner_id\":1,\"name\":\"r\",\"token\":\"" + token + "\"}");
  }

  /** Refuses the question and says so, after it has been noted. */
  Fault refusedQuestion(int status) {
    return (exchange, normal) -> {
      askedTokens.add(json.readTree(body(exchange)).get("lease_token").asString());
      answer(exchange, status, "{}");
    };
  }

  private void lease(HttpExchange exchange) throws IOException, InterruptedException {
    String token = json.readTree(body(exchange)).get("lease_token").asString();
    askedTokens.add(token);
    String query = exchange.getRequestURI().getQuery();
    long wait = query == null || !knowsWait ? 0 : Long.parseLong(query.replace("wait=", ""));
    Optional<FakeRun> leased = claim(token, System.nanoTime() + wait * 1_000_000_000);
    if (leased.isEmpty()) {
      answer(exchange, 204, "");
    } else if (leased.get().over) {
      answer(exchange, 410, "{}");
    } else {
      answer(exchange, 200, json.writeValueAsString(leaseBody(leased.get())));
    }
  }

  private synchronized Optional<FakeRun> claim(String token, long untilNanos)
      throws InterruptedException {
    while (true) {
      runs.values().forEach(this::expireIfOver);
      for (FakeRun run : runs.values()) {
        if (run.leaseToken.equals(token)) {
          return Optional.of(run);
        }
      }
      for (FakeRun run : runs.values()) {
        if (run.queued) {
          run.queued = false;
          run.leaseToken = knowsWait ? token : "mtl_made_by_the_server_" + run.id;
          run.status = AttemptStatus.LEASED;
          run.attempts++;
          run.tenures.add(new Tenure(run.attempts, run.leaseToken, System.nanoTime()));
          renew(run);
          return Optional.of(run);
        }
      }
      long left = (untilNanos - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return Optional.empty();
      }
      wait(Math.min(left, CHECK_MILLIS));
    }
  }

  private void expireIfOver(FakeRun run) {
    boolean leased = !run.queued && !run.over;
    if (endsLeases && leased && System.nanoTime() - run.leasedUntilNanos > 0) {
      run.queued = run.retriesLeft > 0;
      run.over = !run.queued;
      run.retriesLeft--;
      run.leaseToken = "";
    }
  }

  private Map<String, Object> leaseBody(FakeRun run) {
    var body = new HashMap<String, Object>();
    body.put("run_id", run.id);
    body.put("run_no", run.id);
    body.put("app_id", 1);
    body.put("app_slug", "test");
    body.put("version_no", 1);
    body.put("entrypoint", run.entrypoint);
    body.put("input", run.input);
    body.put("attempt_id", run.id * 100 + run.attempts);
    body.put("attempt_no", run.attempts);
    body.put("lease_token", run.leaseToken);
    body.put("lease_expires_at", Instant.now().plusSeconds(ttlSeconds).toString());
    body.put("from_the_future", true);
    if (knowsWait) {
      body.put("lease_ttl_seconds", ttlSeconds);
      body.put("artifact_sha256", sha256(run.artifact));
      body.put("environment", "default");
    }
    if (run.timeoutSeconds != null) {
      body.put("timeout_seconds", run.timeoutSeconds);
    }
    return body;
  }

  private synchronized void underLease(HttpExchange exchange, String call, long runId)
      throws IOException {
    FakeRun run = runs.get(runId);
    String token = exchange.getRequestHeaders().getFirst("X-Lease-Token");
    byte[] body = body(exchange);
    if (run != null) {
      expireIfOver(run);
    }
    if (run == null || !run.leaseToken.equals(token) || (run.over && !call.equals("result"))) {
      answer(exchange, 410, "{}");
      return;
    }
    switch (call) {
      case "start" -> {
        run.starts++;
        run.status = run.status == AttemptStatus.LEASED ? AttemptStatus.RUNNING : run.status;
        leaseState(exchange, run);
      }
      case "heartbeat" -> {
        run.heartbeats++;
        leaseState(exchange, run);
      }
      case "logs" -> logs(exchange, run, body);
      case "result" -> result(exchange, run, json.readValue(body, ResultRequest.class));
      case "release" -> {
        run.releases.add(json.readValue(body, ReleaseRequest.class).reason());
        run.over = true;
        told(run);
        answer(exchange, 200, "{\"status\":\"ok\"}");
      }
      case "artifact" -> artifact(exchange, run);
      default -> answer(exchange, 404, "{}");
    }
    notifyAll();
  }

  private void leaseState(HttpExchange exchange, FakeRun run) throws IOException {
    renew(run);
    boolean cancel = run.status == AttemptStatus.CANCELLING;
    var body = new HashMap<String, Object>();
    body.put("attempt_id", run.id * 100 + run.attempts);
    body.put("attempt_no", run.attempts);
    body.put("status", run.status.code());
    body.put("lease_expires_at", Instant.now().plusSeconds(ttlSeconds).toString());
    body.put("cancel_requested", cancel);
    body.put("run_status", run.status.code());
    if (knowsWait) {
      body.put("lease_ttl_seconds", ttlSeconds);
    }
    answer(exchange, 200, json.writeValueAsString(body));
  }

  private void logs(HttpExchange exchange, FakeRun run, byte[] body) throws IOException {
    boolean gzipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    if (gzipped && !knowsGzip) {
      answer(exchange, 400, "{}");
      return;
    }
    byte[] plain = body;
    if (gzipped) {
      try (var gzip = new GZIPInputStream(new java.io.ByteArrayInputStream(body))) {
        plain = gzip.readAllBytes();
      }
    }
    LogBatchRequest batch = json.readValue(plain, LogBatchRequest.class);
    if (batch.logs().size() > maxLogLines || !batch.problems().isEmpty()) {
      answer(exchange, 400, "{}");
      return;
    }
    for (LogLine line : batch.logs()) {
      LogLine known = run.logs.putIfAbsent(line.seq(), line);
      if (known != null && !known.equals(line)) {
        run.conflicts.add(line);
      }
    }
    answer(exchange, 200, "{\"status\":\"ok\"}");
  }

  private void result(HttpExchange exchange, FakeRun run, ResultRequest result) throws IOException {
    boolean repeated = !run.results.isEmpty() && run.results.get(0).equals(result);
    if (repeated) {
      answer(exchange, 200, "{\"status\":\"ok\"}");
    } else if (run.over) {
      answer(exchange, run.results.isEmpty() ? 410 : 409, "{}");
    } else if (run.status == AttemptStatus.CANCELLING && result.status() != Outcome.CANCELLED) {
      answer(exchange, 409, "{}");
    } else {
      run.results.add(result);
      run.status = AttemptStatus.of(result.status().code());
      run.over = true;
      told(run);
      answer(exchange, 200, "{\"status\":\"ok\"}");
    }
  }

  private static void told(FakeRun run) {
    run.tenures.get(run.tenures.size() - 1).toldNanos = System.nanoTime();
  }

  private void artifact(HttpExchange exchange, FakeRun run) throws IOException {
    exchange.getResponseHeaders().set("X-Artifact-SHA256", sha256(run.artifact));
    exchange.getResponseHeaders().set("X-Import-Paths", "[\"lib\"]");
    exchange.getResponseHeaders().set("Content-Type", "application/gzip");
    exchange.sendResponseHeaders(200, run.artifact.length);
    exchange.getResponseBody().write(run.artifact);
    exchange.getResponseBody().close();
  }

  private void renew(FakeRun run) {
    run.leasedUntilNanos = System.nanoTime() + ttlSeconds * 1_000_000_000L;
    run.tenures.get(run.tenures.size() - 1).leasedUntilNanos = run.leasedUntilNanos;
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    try (InputStream body = exchange.getRequestBody()) {
      return body.readAllBytes();
    }
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.getResponseBody().close();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
