package dev.minitower.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.minitower.it.SystemCalls.Exchange;
import dev.minitower.it.SystemCalls.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is acknowledged is on the disk: the kernel has synced the write-ahead log between the moment
 * at which the server read a call that changes something and the moment at which it answered 2xx.
 */
class DurableAnswersIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String WAL = "minitower.db-wal";

  /** Nothing else asks for this. */
  private static final String MARK = "/apps/other";

  private static final int CROWD = 32;
  private static final int RUNS_EACH = 10;

  private static final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static MinitowerServer server;
  private static List<Exchange> oneByOne;
  private static SystemCalls ofTheCrowd;

  @BeforeAll
  static void useEveryCallThatChangesSomething() throws IOException {
    Path work = Path.of(System.getProperty("minitower.work", "target/it"));
    Path folder = work.resolve(DurableAnswersIT.class.getSimpleName()).toAbsolutePath();
    Site.removeTree(folder);
    folder = Files.createDirectories(folder);
    boolean canBeRecorded = SystemCalls.canBeRecorded(folder);
    if (!"true".equals(System.getenv("CI"))) {
      assumeThat(canBeRecorded).as("strace is installed and may trace").isTrue();
    }
    assertThat(canBeRecorded).as("strace is installed and may trace").isTrue();
    Path trace = folder.resolve("server.strace");
    server = MinitowerServer.startBy(SystemCalls.recordTo(trace), folder, "45s");
    String token = useAll(folder);
    call("GET " + MARK, token, null);
    crowd(token);
    assertThat(server.stop()).isZero();
    Eventually.within(Duration.ofSeconds(20))
        .holds(() -> assertThat(Files.readString(trace)).endsWith("+++ exited with 0 +++\n"));
    List<SystemCalls> parts = SystemCalls.read(trace).splitAt("GET /api/v1" + MARK);
    oneByOne = parts.get(0).exchanges();
    ofTheCrowd = parts.get(1);
  }

  @AfterAll
  static void stop() {
    if (server != null && server.isAlive()) {
      server.killHard();
    }
  }

  /** Returns a token of the team. */
  private static String useAll(Path folder) {
    JsonNode team =
        call(
            "POST /bootstrap/team",
            MinitowerServer.BOOTSTRAP_TOKEN,
            "{'slug':'team','name':'The team','password':'correct horse battery'}");
    String token = team.path("token").asString();
    call(
        "POST /teams/signup",
        null,
        "{'slug':'two','name':'Two','password':'battery staple horse'}");
    call("POST /teams/login", null, "{'slug':'team','password':'correct horse battery'}");
    call(
        "POST /teams/password",
        token,
        "{'current_password':'correct horse battery','new_password':'another horse battery'}");
    JsonNode further = call("POST /tokens", token, "{'name':'further'}");
    call("DELETE /tokens/" + further.path("token_id").asInt(), token, null);
    call("POST /apps", token, "{'slug':'other'}");
    call("PATCH /apps/other", token, "{'description':'changed'}");
    new Cli(folder, server, token).deploy(Project.python(folder, "jobs", "print('hello')"));
    useRunnersCalls(token);
    return token;
  }

  private static void useRunnersCalls(String token) {
    String runner =
        call("POST /runners/register", MinitowerServer.REGISTRATION_TOKEN, "{'name':'runner'}")
            .path("token")
            .asString();
    call("POST /runners/state", runner, "{'state':'paused','reason':'no disk space'}");
    long cancelled = call("POST /apps/jobs/runs", token, "{}").path("run_id").asLong();
    call("POST /runs/" + cancelled + "/cancel", token, null);
    call("POST /apps/jobs/runs", token, "{}");
    JsonNode lease = call("POST /runs/lease", runner, null);
    callAsHolder(lease, runner, "start", null);
    callAsHolder(lease, runner, "heartbeat", null);
    callAsHolder(lease, runner, "heartbeat", null);
    callAsHolder(
        lease,
        runner,
        "logs",
        "{'logs':[{'seq':1,'stream':'stdout','line':'x','logged_at':'2026-02-08T12:00:00Z'}]}");
    callAsHolder(lease, runner, "release", null);
    callAsHolder(
        call("POST /runs/lease", runner, null), runner, "result", "{'status':'completed'}");
    assertThat(call("POST /runs/lease", runner, null).isNull()).as("none is left").isTrue();
  }

  private static void callAsHolder(
      JsonNode lease, String runner, String verb, @Nullable String body) {
    String path = "/runs/" + lease.path("run_id").asLong() + "/" + verb;
    call("POST " + path, runner, body, "X-Lease-Token", lease.path("lease_token").asString());
  }

  private static void crowd(String token) {
    ExecutorService threads = Executors.newFixedThreadPool(CROWD);
    List<CompletableFuture<Void>> creators =
        IntStream.range(0, CROWD)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () ->
                            IntStream.range(0, RUNS_EACH)
                                .forEach(n -> call("POST /apps/jobs/runs", token, "{}")),
                        threads))
            .toList();
    creators.forEach(CompletableFuture::join);
    threads.shutdown();
  }

  /** {@code body} with ' for ". Whatever isn't 2xx fails the test. */
  private static JsonNode call(
      String methodAndPath, @Nullable String bearer, @Nullable String body, String... headers) {
    String[] parts = methodAndPath.split(" ");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1" + parts[1]))
            .timeout(Duration.ofSeconds(60))
            .headers(headers.length == 0 ? new String[] {"Accept", "application/json"} : headers);
    if (bearer != null) {
      request.header("Authorization", "Bearer " + bearer);
    }
    if (body == null) {
      request.method(parts[0], BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(parts[0], BodyPublishers.ofString(body.replace('\'', '"')));
    }
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode())
          .as("%s: %s", methodAndPath, answer.body())
          .isBetween(200, 204);
      return JSON.readTree(answer.body().isEmpty() ? "null" : answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A lease that finds no run changes nothing, and is answered without a commit. */
  private static boolean changesSomething(Exchange exchange) {
    return !exchange.request().startsWith("GET ")
        && exchange.status() / 100 == 2
        && !(exchange.request().endsWith("/runs/lease") && exchange.status() == 204);
  }

  @Test
  void the_log_was_synced_between_each_change_and_its_answer() {
    List<Exchange> changes = oneByOne.stream().filter(DurableAnswersIT::changesSomething).toList();

    assertThat(changes)
        .hasSizeGreaterThanOrEqualTo(22)
        .allSatisfy(
            exchange -> assertThat(exchange.wroteAndSynced(WAL)).as(exchange.request()).isTrue());
  }

  /** By the contract's document, so that a new one can't be forgotten. */
  @Test
  void every_call_that_changes_something_was_looked_at() {
    Set<String> unseen = new TreeSet<>();
    Path root = Path.of(System.getProperty("minitower.root", ".."));
    JsonNode paths = JSON.readTree(root.resolve("docs/openapi.json").toFile()).required("paths");
    for (var path : paths.properties()) {
      for (var operation : path.getValue().properties()) {
        String request = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
        if (!request.startsWith("GET ") && !request.startsWith("HEAD ") && !wasSeen(request)) {
          var unused = unseen.add(request);
        }
      }
    }

    assertThat(unseen).isEmpty();
  }

  private static boolean wasSeen(String template) {
    String pattern = template.replaceAll("\\{\\w+}", "[^/]+");
    return oneByOne.stream()
        .filter(DurableAnswersIT::changesSomething)
        .anyMatch(exchange -> exchange.request().matches(pattern));
  }

  @Test
  void an_artifact_and_the_folders_that_name_it_were_synced_before_its_version_was_answered() {
    Exchange upload =
        oneByOne.stream()
            .filter(exchange -> exchange.request().equals("POST /api/v1/apps/jobs/versions"))
            .findFirst()
            .orElseThrow();

    assertThat(upload.status()).isEqualTo(201);
    assertThat(upload.synced(".part")).isTrue();
    assertThat(upload.synced("/objects")).isTrue();
  }

  @Test
  void in_a_crowd_each_answer_still_follows_a_sync_that_it_shares_with_others() {
    List<Exchange> creates =
        ofTheCrowd.exchanges().stream().filter(DurableAnswersIT::changesSomething).toList();

    assertThat(creates)
        .hasSize(CROWD * RUNS_EACH)
        .allSatisfy(
            exchange -> assertThat(exchange.wroteAndSynced(WAL)).as(exchange.request()).isTrue());
    assertThat(ofTheCrowd.count(Kind.SYNCED, WAL)).isLessThan(CROWD * RUNS_EACH / 2);
  }
}
