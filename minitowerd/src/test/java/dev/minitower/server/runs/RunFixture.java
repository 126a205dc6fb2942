package dev.minitower.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.identity.TokenKind;
import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestArtifact;
import dev.minitower.server.TestRequest;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import java.time.Duration;

/** A team with one deployed app and runners that do what they are told. */
public final class RunFixture {
  public static final Duration TTL = Duration.ofSeconds(60);

  final TestServer server;
  public final TestTeam team;
  final String runner;

  public RunFixture(TestServer server) {
    this(server, "acme");
  }

  public RunFixture(TestServer server, String teamSlug) {
    this.server = server;
    this.team = server.newTeam(teamSlug);
    this.runner = server.runner("runner-of-" + teamSlug, 256);
    assertThat(asTeam("POST", "/apps").json("{\"slug\":\"jobs\"}").send().status()).isEqualTo(201);
    TestAnswer version =
        asTeam("POST", "/apps/jobs/versions")
            .file("artifact", TestArtifact.ofApp("jobs", "hello"))
            .send();
    assertThat(version.status()).as(version.body()).isEqualTo(201);
  }

  public TestRequest asTeam(String method, String path) {
    return server.request(method, "/api/v1" + path).token(team.token());
  }

  TestRequest asRunner(String path) {
    return server.post("/api/v1" + path).token(runner);
  }

  /** Queues a run; {@code fields} are those of the request, as JSON without the braces. */
  public long queue(String fields) {
    TestAnswer answer = asTeam("POST", "/apps/jobs/runs").json("{" + fields + "}").send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.number("run_id");
  }

  /** A lease as its holder knows it. */
  public record Lease(TestServer server, long runId, String runner, String token) {
    public TestRequest call(String method, String verb) {
      return server
          .request(method, "/api/v1/runs/" + runId + "/" + verb)
          .token(runner)
          .header("X-Lease-Token", token);
    }

    public TestAnswer start() {
      return call("POST", "start").send();
    }

    public TestAnswer heartbeat() {
      return call("POST", "heartbeat").send();
    }

    public TestAnswer result(String status) {
      return call("POST", "result").json("{\"status\":\"" + status + "\"}").send();
    }

    public TestAnswer logs(String lines) {
      return call("POST", "logs").json("{\"logs\":[" + lines + "]}").send();
    }

    public TestAnswer release() {
      return call("POST", "release").json("{\"reason\":\"no disk\"}").send();
    }

    Lease withToken(String other) {
      return new Lease(server, runId, runner, other);
    }

    Lease ofRunner(String other) {
      return new Lease(server, runId, other, token);
    }

    /** The same lease after the server was started again. */
    Lease on(TestServer restarted) {
      return new Lease(restarted, runId, runner, token);
    }
  }

  /** Leases the next run, whichever it is. */
  public Lease lease() {
    return lease(runner);
  }

  public Lease lease(String runnerToken) {
    String token = TokenKind.LEASE.generate();
    TestAnswer answer =
        server
            .post("/api/v1/runs/lease")
            .token(runnerToken)
            .json("{\"lease_token\":\"" + token + "\"}")
            .send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("lease_token")).isEqualTo(token);
    return new Lease(server, answer.number("run_id"), runnerToken, token);
  }

  /** A run of its own, leased. */
  public Lease leased() {
    return leased("");
  }

  public Lease leased(String fields) {
    long runId = queue(fields);
    Lease lease = lease();
    assertThat(lease.runId()).isEqualTo(runId);
    return lease;
  }

  public TestAnswer cancel(long runId) {
    return asTeam("POST", "/runs/" + runId + "/cancel").send();
  }

  public TestAnswer run(long runId) {
    return asTeam("GET", "/runs/" + runId).send();
  }

  String status(long runId) {
    return run(runId).text("status");
  }

  String lastAttemptStatus(long runId) {
    var attempts = run(runId).json().get("attempts");
    return attempts.get(attempts.size() - 1).get("status").asString();
  }

  public void leaseGoesOver() {
    server.clock().advance(TTL);
  }

  public int reap() {
    return reap(server);
  }

  int reap(TestServer restarted) {
    return restarted.bean(Reaper.class).reap();
  }

  /**
   * Leaves nothing for the next test to lease: cancels what is queued, lets what is held run out.
   */
  public void clear() {
    server.clock().advance(TTL.multipliedBy(20));
    int unused = reap();
    TestAnswer queued = asTeam("GET", "/runs?status=queued&limit=100").send();
    queued.each("runs", "run_id").forEach(runId -> cancel(Long.parseLong(runId)));
  }

  public static String line(long seq, String text) {
    return "{\"seq\":%d,\"stream\":\"stdout\",\"line\":\"%s\",\"logged_at\":\"2026-02-08T12:00:00Z\"}"
        .formatted(seq, text);
  }
}
