package dev.minitower.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.lifecycle.RunStatus;
import dev.minitower.server.openapi.EveryOperation;
import dev.minitower.server.runs.RunFixture;
import dev.minitower.server.runs.RunFixture.Lease;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Has a server send all the statements that it knows. */
final class ScriptedUse {
  private static final int MANY_APPS = 30;
  private static final String EVERY_STATUS =
      Arrays.stream(RunStatus.values()).map(RunStatus::code).collect(Collectors.joining(","));

  private ScriptedUse() {}

  /** Every operation, the same asked otherwise, and what timers do; on a server that is new. */
  static void everything(TestServer server) {
    EveryOperation operations = new EveryOperation(server);
    operations.callAll();
    for (int i = 0; i < MANY_APPS; i++) {
      TestAnswer app =
          server
              .post("/api/v1/apps")
              .token(operations.admin())
              .json("{\"slug\":\"many-%d\"}".formatted(i))
              .send();
      assertThat(app.status()).isEqualTo(201);
    }
    List<String> paths =
        List.of(
            "/runs?status=failed,dead&app=jobs",
            "/runs?limit=2&offset=1",
            "/runs?q=1",
            "/runs?q=many&status=" + EVERY_STATUS,
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
    String jobs = "/api/v1/apps/jobs";
    disable(server.request("PATCH", jobs).token(operations.admin()));
    TestAnswer refused = server.post(jobs + "/runs").token(operations.admin()).json("{}").send();
    assertThat(refused.status()).isEqualTo(409);
    server.clock().advance(Duration.ofDays(2));
    server.runTimers();
  }

  private static void disable(TestRequest app) {
    assertThat(app.json("{\"disabled\":true}").send().status()).isEqualTo(200);
  }

  /** What runs cost, again and again. */
  static void hotPath(RunFixture fixture) {
    Lease lease = fixture.leased();
    assertThat(leaseAgain(lease).number("run_id")).isEqualTo(lease.runId());
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

  /** As after an answer that was lost. */
  private static TestAnswer leaseAgain(Lease lease) {
    return lease
        .server()
        .post("/api/v1/runs/lease")
        .token(lease.runner())
        .json("{\"lease_token\":\"" + lease.token() + "\"}")
        .send();
  }
}
