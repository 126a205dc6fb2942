package dev.minitower.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.bench.seed.SeedPlan;
import dev.minitower.bench.seed.Seeded;
import dev.minitower.server.StatementRecorder.Sent;
import dev.minitower.server.TestServer.TestTeam;
import dev.minitower.server.runs.RunFixture;
import dev.minitower.server.runs.RunFixture.Lease;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many statements a call costs: lists the same however long they are, and each call of the hot
 * path a number that stands here. Not counted is what a group of units shares: BEGIN, COMMIT, the
 * units' savepoints and the server's clock.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementCountsTest {
  private static final int MANY = 50;

  /** Fewer is better: whoever saves a statement writes the new number here. */
  private static final Map<String, Integer> HOT_PATH =
      Map.ofEntries(
          Map.entry("create", 2),
          Map.entry("lease", 5),
          Map.entry("start", 4),
          Map.entry("heartbeat", 1),
          Map.entry("logs", 3),
          Map.entry("cancel", 4),
          Map.entry("result cancelled", 3),
          Map.entry("result completed", 3),
          Map.entry("release", 3),
          Map.entry("cancel queued", 3),
          Map.entry("expiry", 5));

  private final StatementRecorder recorder = new StatementRecorder();
  private TestServer server;
  private TestTeam team;

  @BeforeAll
  void fill(@TempDir Path folder) {
    SeedPlan plan = SeedPlan.of(3_000, TestClock.START).withTeams(1, MANY);
    Seeded seeded = SeededHistory.fill(folder, plan);
    server = TestServer.startRecorded(folder, recorder);
    team = SeededHistory.team(seeded, 0);
    for (int i = 0; i < MANY; i++) {
      String unusedToken = server.newToken(team, "member");
      String unusedRunner = server.newRunner("further-" + i);
      byte[] artifact = TestArtifact.ofApp("app-001", String.valueOf(i));
      TestAnswer version =
          server
              .post("/api/v1/apps/app-001/versions")
              .token(team.token())
              .file("artifact", artifact)
              .send();
      assertThat(version.status()).isEqualTo(201);
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/runs?, runs",
    "/runs?status=completed, runs",
    "'/runs?status=completed,failed,dead', runs",
    "/runs?q=has%20no%20price, runs",
    "/runs?q=app-0, runs",
    "/runs?app=app-001, runs",
    "/apps/app-001/runs?, runs",
    "/apps?, apps",
    "/apps?stats=true, apps",
    "/apps?q=app&stats=true, apps",
    "/apps/app-001/versions?, versions",
    "/tokens?, tokens",
    "/admin/runners?, runners",
  })
  void a_long_list_costs_as_many_statements_as_a_short_one(String path, String items) {
    TestAnswer[] answers = new TestAnswer[3];
    int warmUp = cost(() -> answers[0] = get(path + "&limit=" + MANY));

    int ofOne = cost(() -> answers[1] = get(path + "&limit=1"));
    int ofMany = cost(() -> answers[2] = get(path + "&limit=" + MANY));

    assertThat(answers[1].json().get(items)).hasSize(1);
    assertThat(answers[2].json().get(items)).hasSize(MANY);
    assertThat(ofMany).isEqualTo(ofOne).isLessThanOrEqualTo(warmUp).isBetween(1, 5);
  }

  private TestAnswer get(String path) {
    return server.get("/api/v1" + path).token(team.token()).send();
  }

  @Test
  void a_run_of_many_attempts_costs_as_many_statements_as_one_of_a_single_one() {
    int ofOne = cost(() -> get("/runs/" + runWithAttempts("= 1")));
    int ofMany = cost(() -> get("/runs/" + runWithAttempts("> 5")));

    assertThat(ofMany).isEqualTo(ofOne);
  }

  private long runWithAttempts(String condition) {
    long run =
        server
            .bean(JdbcClient.class)
            .sql(
                "SELECT id FROM runs WHERE team_id = :team AND attempt_count "
                    + condition
                    + " LIMIT 1")
            .param("team", team.id())
            .query(Long.class)
            .single();
    List<Sent> unused = recorder.take();
    return run;
  }

  /** What a call, or what else a test does, sends to the database. */
  private int cost(Supplier<?> call) {
    List<Sent> unusedBefore = recorder.take();
    Object unused = call.get();
    return (int)
        recorder.take().stream().filter(sent -> !sent.sql().contains("server_clock")).count();
  }

  @Test
  void each_call_of_the_hot_path_costs_what_stands_here(@TempDir Path empty) {
    try (TestServer other = TestServer.startRecorded(empty, recorder)) {
      assertThat(costs(new RunFixture(other))).isEqualTo(HOT_PATH);
    }
  }

  private Map<String, Integer> costs(RunFixture fixture) {
    Map<String, Integer> costs = new TreeMap<>();
    fixture.leased().result("completed");
    costs.put("create", cost(() -> fixture.queue("\"max_retries\":1")));
    Lease[] lease = new Lease[1];
    costs.put("lease", cost(() -> lease[0] = fixture.lease()));
    costs.put("start", cost(() -> lease[0].start()));
    costs.put("heartbeat", cost(() -> lease[0].heartbeat()));
    costs.put("logs", cost(() -> lease[0].logs(RunFixture.line(1, "one"))));
    costs.put("cancel", cost(() -> fixture.cancel(lease[0].runId())));
    costs.put("result cancelled", cost(() -> lease[0].result("cancelled")));
    Lease other = fixture.leased();
    costs.put("result completed", cost(() -> other.result("completed")));
    Lease released = fixture.leased();
    costs.put("release", cost(released::release));
    costs.put("cancel queued", cost(() -> fixture.cancel(released.runId())));
    Lease lost = fixture.leased("\"max_retries\":1");
    fixture.leaseGoesOver();
    costs.put("expiry", cost(fixture::reap));
    assertThat(fixture.run(lost.runId()).text("status")).isEqualTo("queued");
    return costs;
  }
}
