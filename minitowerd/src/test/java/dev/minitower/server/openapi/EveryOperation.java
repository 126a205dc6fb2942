package dev.minitower.server.openapi;

import static java.util.function.UnaryOperator.identity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.identity.TokenKind;
import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestArtifact;
import dev.minitower.server.TestRequest;
import dev.minitower.server.TestServer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A team and its runner that use every operation once, in the order in which they would, each
 * answered as it is described.
 */
public final class EveryOperation {
  private final DocumentedApi api;
  private String admin;
  private String runner;

  public EveryOperation(TestServer server) {

    this.api = new DocumentedApi(server);
  }

  /** The operations that were called, as {@code GET /health}. */
  Set<String> called() {
    return api.called();
  }

  public String admin() {
    return admin;
  }

  /** On a server that nobody has used yet. */
  public void callAll() {
    visitPublicPages();
    visitTeams();
    visitTokens();
    visitApps();
    visitRunners();
    visitLeases();
    long run = visitRuns();
    visitStreams(run);
  }

  private void visitPublicPages() {
    api.call(200, "GET /health", identity());
    api.call(200, "GET /ready", identity());
    api.call(200, "GET /metrics", identity());
    api.call(200, "GET /api/v1/openapi.json", identity());
    api.call(200, "GET /api/v1/auth/options", identity());
  }

  private void visitTeams() {
    UnaryOperator<TestRequest> bootstrap =
        request ->
            request
                .token(TestServer.BOOTSTRAP_TOKEN)
                .json("{\"slug\":\"acme\",\"name\":\"Acme\",\"password\":\"12345678\"}");
    api.call(201, "POST /api/v1/bootstrap/team", bootstrap);
    api.call(200, "POST /api/v1/bootstrap/team", bootstrap);
    admin =
        api.call(
                201,
                "POST /api/v1/teams/login",
                request -> request.json("{\"slug\":\"acme\",\"password\":\"12345678\"}"))
            .text("token");
    api.call(
        201,
        "POST /api/v1/teams/signup",
        json("{\"slug\":\"other\",\"name\":\"Other\",\"password\":\"12345678\"}"));
    api.call(
        204,
        "POST /api/v1/teams/password",
        json("{\"current_password\":\"12345678\",\"new_password\":\"87654321\"}"));
  }

  private void visitTokens() {
    api.call(200, "GET /api/v1/me", this::asAdmin);
    long token =
        api.call(
                201,
                "POST /api/v1/tokens",
                json("{\"name\":\"ci\",\"role\":\"member\",\"expires_in_seconds\":60}"))
            .number("token_id");
    api.call(204, "DELETE /api/v1/tokens/{id}", this::asAdmin, token);
    api.call(200, "GET /api/v1/tokens?limit=1", this::asAdmin);
  }

  private void visitApps() {
    api.call(201, "POST /api/v1/apps", json("{\"slug\":\"jobs\",\"description\":\"All\"}"));
    api.call(
        201,
        "POST /api/v1/apps/{app}/versions",
        request -> asAdmin(request).file("artifact", archive()),
        "jobs");
    api.call(200, "GET /api/v1/apps/{app}/versions", this::asAdmin, "jobs");
    api.call(200, "GET /api/v1/apps/{app}/versions/{no}", this::asAdmin, "jobs", 1);
    String download = "GET /api/v1/apps/{app}/versions/{no}/artifact";
    String etag = api.call(200, download, this::asAdmin, "jobs", 1).header("ETag").orElseThrow();
    api.call(304, download, request -> asAdmin(request).header("If-None-Match", etag), "jobs", 1);
    api.call(200, "PATCH /api/v1/apps/{app}", json("{\"description\":\"Some\"}"), "jobs");
  }

  private static byte[] archive() {
    return new TestArtifact()
        .file(
            "Towerfile",
            """
            [app]
            name = "jobs"
            script = "main.py"
            import_paths = ["lib"]
            timeout.seconds = 60
            [[parameters]]
            name = "who"
            default = "all"
            """)
        .file("main.py", "print(1)\n")
        .file("lib/tools.py", "")
        .bytes();
  }

  private void visitRunners() {
    UnaryOperator<TestRequest> register =
        request ->
            request
                .token(TestServer.REGISTRATION_TOKEN)
                .json(
                    """
                    {"name":"r1","version":"1","labels":{"zone":"a"},"max_concurrent":4,"isolation":"process"}
                    """);
    api.call(201, "POST /api/v1/runners/register", register);
    runner = api.call(200, "POST /api/v1/runners/register", register).text("token");
    api.call(204, "POST /api/v1/runs/lease", request -> request.token(runner));
    api.call(
        200,
        "POST /api/v1/runners/state",
        request -> request.token(runner).json("{\"state\":\"paused\",\"reason\":\"no disk\"}"));
  }

  private void visitLeases() {
    String create = "POST /api/v1/apps/{app}/runs";
    UnaryOperator<TestRequest> once =
        request -> json("{\"max_retries\":1}").apply(request).header("Idempotency-Key", "k");
    api.call(201, create, once, "jobs");
    api.call(200, create, once, "jobs");

    TestAnswer released = lease();
    onLease("release", "{\"reason\":\"no disk\"}", released);
    TestAnswer lease = lease();
    onLease("start", "", lease);
    onLease("heartbeat", "", lease);
    onLease(
        "logs",
        """
        {"logs":[{"seq":1,"stream":"stdout","line":"hello","logged_at":"2026-02-08T12:34:56Z"}]}
        """,
        lease);
    String artifact = "GET /api/v1/runs/{run}/artifact";
    api.call(200, artifact, holding(lease), lease.number("run_id"));
    onLease(
        "result",
        """
        {"status":"failed","exit_code":3,"error_message":"no","error_class":"user"}
        """,
        lease);
  }

  private TestAnswer lease() {
    String token = TokenKind.LEASE.generate();
    return api.call(
        200,
        "POST /api/v1/runs/lease?wait=1",
        request -> request.token(runner).json("{\"lease_token\":\"%s\"}".formatted(token)));
  }

  private UnaryOperator<TestRequest> holding(TestAnswer lease) {
    return request -> request.token(runner).header("X-Lease-Token", lease.text("lease_token"));
  }

  private void onLease(String verb, String body, TestAnswer lease) {
    api.call(
        200,
        "POST /api/v1/runs/{run}/" + verb,
        request -> {
          TestRequest held = holding(lease).apply(request);
          return body.isEmpty() ? held : held.json(body);
        },
        lease.number("run_id"));
  }

  private long visitRuns() {
    api.call(200, "GET /api/v1/apps/{app}", this::asAdmin, "jobs");
    api.call(200, "GET /api/v1/apps", this::asAdmin);
    api.call(200, "GET /api/v1/apps/{app}/runs?status=failed,dead", this::asAdmin, "jobs");
    TestAnswer runs = api.call(200, "GET /api/v1/runs?app=jobs", this::asAdmin);
    long run = runs.json().required("runs").get(0).required("run_id").asLong();
    api.call(200, "GET /api/v1/runs/summary", this::asAdmin);
    api.call(200, "GET /api/v1/runs/{run}", this::asAdmin, run);
    api.call(200, "GET /api/v1/runs/{run}/logs?limit=1", this::asAdmin, run);
    api.call(200, "GET /api/v1/runs/{run}/logs?tail=1", this::asAdmin, run);
    api.call(200, "GET /api/v1/runs/{run}/logs/search?q=HELL", this::asAdmin, run);
    api.call(200, "GET /api/v1/runs/{run}/logs/download", this::asAdmin, run);
    api.call(200, "POST /api/v1/runs/{run}/cancel", this::asAdmin, run);
    api.call(200, "GET /api/v1/admin/runners", this::asAdmin);
    visitStats();
    return run;
  }

  private void visitStats() {
    api.call(200, "GET /api/v1/apps?q=job&stats=true", this::asAdmin);
    api.call(200, "GET /api/v1/apps/{app}?stats=true", this::asAdmin, "jobs");
    api.call(200, "GET /api/v1/runs?q=job", this::asAdmin);
    api.call(200, "GET /api/v1/stats/runs?hours=2&app=jobs", this::asAdmin);
    api.call(200, "GET /api/v1/stats/queue", this::asAdmin);
  }

  private void visitStreams(long run) {
    TestAnswer events = api.call(200, "GET /api/v1/runs/{run}/events", this::asAdmin, run);
    assertThat(checkEvents("RunEvent", events.body().lines().iterator(), "end"))
        .containsExactly("run", "log", "end");
    try (Stream<String> lines = asAdmin(api.request("GET /api/v1/events")).lines()) {
      Iterator<String> each = lines.iterator();
      assertThat(checkEvents("TeamEvent", each, "hello")).containsExactly("hello");
      api.call(201, "POST /api/v1/apps/{app}/runs", this::asAdmin, "jobs");
      assertThat(checkEvents("TeamEvent", each, "run")).containsExactly("run");
    }
  }

  /** Reads events up to one of this name, each as the schema says; their names. */
  private List<String> checkEvents(String schema, Iterator<String> lines, String last) {
    List<String> names = new ArrayList<>();
    ObjectNode event = Json.object();
    while (!names.contains(last)) {
      String line = lines.next();
      if (line.isEmpty() && event.has("event")) {
        assertThat(PublishedApi.problems(Json.reference("schemas", schema), event)).isEmpty();
        names.add(event.required("event").asString());
        event = Json.object();
      } else if (line.startsWith("data: ")) {
        event.set("data", Json.MAPPER.readTree(line.substring("data: ".length())));
      } else if (line.startsWith("event: ") || line.startsWith("id: ")) {
        String[] field = line.split(": ", 2);
        event.put(field[0], field[1]);
      }
    }
    return names;
  }

  private TestRequest asAdmin(TestRequest request) {
    return request.token(admin);
  }

  /** A body, and the admin's token if there is one yet. */
  private UnaryOperator<TestRequest> json(String body) {
    return request -> (admin == null ? request : request.token(admin)).json(body);
  }
}
