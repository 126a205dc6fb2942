package dev.minitower.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.openapi.EveryOperation;
import dev.minitower.server.runs.RunFixture;
import dev.minitower.server.runs.RunFixture.Lease;
import java.time.Duration;
import java.util.List;

/** Has a server that nobody has used yet send all the statements it knows. */
final class ScriptedUse {
  private final TestServer server;
  private final EveryOperation operations;

  ScriptedUse(TestServer server) {
    this.server = server;
    this.operations = new EveryOperation(server);
  }

  void everyOperation() {
    operations.callAll();
  }

  /** The same operations asked otherwise, and what timers do. */
  void furtherQuestions() {
    List<String> paths =
        List.of(
            "/runs?status=failed,dead&app=jobs",
            "/runs?status=queued&limit=1",
            "/runs?limit=2&offset=1",
            "/runs?q=1",
            "/runs?q=job&status=failed,dead",
            "/runs?q=job&app=jobs",
            "/runs?q=hello",
            "/runs?q=hello&app=jobs&status=completed",
            "/stats/runs?hours=168",
            "/apps?q=nothing",
            "/apps/jobs/runs?q=jo");
    for (String path : paths) {
      TestAnswer answer = server.get("/api/v1" + path).token(operations.admin()).send();
      assertThat(answer.status()).as(path).isEqualTo(200);
    }
    server.clock().advance(Duration.ofDays(2));
    server.runTimers();
  }

  /** What runs cost, again and again. */
  void hotPath() {
    RunFixture fixture = new RunFixture(server, "busy");
    // Every operation left one.
    Lease left = fixture.lease();
    left.result("failed");
    Lease lease = fixture.leased();
    lease.start();
    lease.heartbeat();
    lease.logs(RunFixture.line(1, "one"));
    lease.logs(RunFixture.line(1, "one") + "," + RunFixture.line(2, "two"));
    lease.result("completed");
    fixture.leased("\"input\":{\"who\":\"me\"}").release();
    Lease cancelled = fixture.lease();
    fixture.cancel(cancelled.runId());
    cancelled.result("cancelled");
    fixture.cancel(fixture.queue(""));
    fixture.leased("\"max_retries\":1").start();
    fixture.leaseGoesOver();
    assertThat(fixture.reap()).isPositive();
  }
}
