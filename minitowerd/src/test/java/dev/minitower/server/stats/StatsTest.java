package dev.minitower.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestArtifact;
import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture;
import dev.minitower.server.runs.RunFixture.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of a team that starts with none. */
class StatsTest {
  private static final AtomicInteger TEAMS = new AtomicInteger();

  @TempDir static Path folder;
  private static TestServer server;
  private RunFixture fixture;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @BeforeEach
  void makeTeam() {
    fixture = new RunFixture(server, "team-" + TEAMS.incrementAndGet());
  }

  @AfterEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private TestAnswer get(String path) {
    return fixture.asTeam("GET", path).send();
  }

  /** The counts of the last hours, one text each. */
  private List<String> hours(String query) {
    return get("/stats/runs?" + query)
        .json()
        .required("hours")
        .valueStream()
        .map(
            hour ->
                "%d %d %d %d"
                    .formatted(
                        hour.required("completed").asInt(),
                        hour.required("failed").asInt(),
                        hour.required("cancelled").asInt(),
                        hour.required("dead").asInt()))
        .toList();
  }

  private void end(String status) {
    Lease lease = fixture.leased();
    lease.start();
    assertThat(lease.result(status).status()).isEqualTo(200);
  }

  private void die() {
    fixture.leased();
    fixture.leaseGoesOver();
    assertThat(fixture.reap()).isPositive();
  }

  private void toNextHour() {
    Instant now = server.clock().instant();
    Instant next = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    server.clock().advance(Duration.between(now, next));
  }

  @Test
  void every_hour_is_there_and_the_current_one_is_last() {
    TestAnswer day = get("/stats/runs");

    List<String> hours = day.each("hours", "hour");
    assertThat(hours).hasSize(24).doesNotHaveDuplicates().isSorted();
    assertThat(Instant.parse(hours.get(23)))
        .isEqualTo(server.clock().instant().truncatedTo(ChronoUnit.HOURS));
    assertThat(hours("hours=3")).containsExactly("0 0 0 0", "0 0 0 0", "0 0 0 0");
    assertThat(get("/stats/runs?hours=168").each("hours", "hour")).hasSize(168);
  }

  @Test
  void a_run_counts_once_in_the_hour_in_which_it_finished() {
    toNextHour();
    end("completed");
    end("completed");
    end("failed");
    Lease long_one = fixture.leased();
    server.clock().advance(Duration.ofHours(1).minusMillis(1).minus(RunFixture.TTL));
    die();
    fixture.cancel(fixture.queue(""));

    assertThat(hours("hours=2")).containsExactly("0 0 0 0", "2 1 1 2");
    toNextHour();
    end("failed");

    assertThat(long_one.result("completed").status()).isEqualTo(410);
    assertThat(hours("hours=3")).containsExactly("0 0 0 0", "2 1 1 2", "0 1 0 0");
    assertThat(hours("hours=1")).containsExactly("0 1 0 0");
  }

  @Test
  void a_retried_run_counts_only_when_it_is_over() {
    toNextHour();
    fixture.leased("\"max_retries\":1");
    fixture.leaseGoesOver();
    fixture.reap();
    assertThat(hours("hours=1")).containsExactly("0 0 0 0");

    fixture.lease().result("completed");

    assertThat(hours("hours=1")).containsExactly("1 0 0 0");
  }

  @Test
  void one_apps_runs_are_counted_apart() {
    toNextHour();
    end("completed");
    fixture.asTeam("POST", "/apps").json("{\"slug\":\"other\"}").send();
    fixture
        .asTeam("POST", "/apps/other/versions")
        .file("artifact", TestArtifact.ofApp("other", "x"))
        .send();
    long run = fixture.asTeam("POST", "/apps/other/runs").send().number("run_id");
    fixture.cancel(run);

    assertThat(hours("hours=2&app=jobs")).containsExactly("0 0 0 0", "1 0 0 0");
    assertThat(hours("hours=2&app=other")).containsExactly("0 0 0 0", "0 0 1 0");
    assertThat(hours("hours=1")).containsExactly("1 0 1 0");
  }

  @Test
  void another_teams_runs_are_never_counted() {
    toNextHour();
    end("completed");
    fixture.queue("");
    RunFixture strangers = new RunFixture(server, "strangers-" + TEAMS.incrementAndGet());

    assertThat(strangers.asTeam("GET", "/stats/runs?hours=1").send().body())
        .contains("\"completed\":0");
    assertThat(strangers.asTeam("GET", "/stats/queue").send().body())
        .doesNotContain("\"queued_runs\":1");
    assertThat(strangers.asTeam("GET", "/apps/jobs?stats=true").send().body())
        .contains("\"recent\":{\"runs\":[]}");
    fixture.asTeam("POST", "/apps").json("{\"slug\":\"private\"}").send();
    assertThat(strangers.asTeam("GET", "/stats/runs?app=private").send().errorMessage())
        .isEqualTo("app not found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hours=0", "hours=169", "hours=-1", "hours=1.5", "hours=day"})
  void hours_that_are_none_are_refused(String query) {
    TestAnswer answer = get("/stats/runs?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.fieldsAtFault()).containsExactly("hours");
  }

  @Test
  void a_member_may_look() {
    String member = server.newToken(fixture.team, "member");

    for (String path : List.of("/stats/runs", "/stats/queue", "/apps?stats=true")) {
      assertThat(server.get("/api/v1" + path).token(member).send().status()).isEqualTo(200);
    }
  }

  @Test
  void the_queue_tells_how_many_wait_since_when_and_who_works() {
    assertThat(get("/stats/queue").json().at("/environments/0/queued_runs").asInt()).isZero();
    Lease lease = fixture.leased();
    Instant oldest = server.clock().instant();
    fixture.queue("\"priority\":-5");
    server.clock().advance(Duration.ofSeconds(1));
    fixture.queue("\"priority\":5");

    var environment = get("/stats/queue").json().required("environments").get(0);

    assertThat(environment.required("environment").asString()).isEqualTo("default");
    assertThat(environment.required("queued_runs").asInt()).isEqualTo(2);
    assertThat(Instant.parse(environment.required("oldest_queued_at").asString()))
        .isEqualTo(oldest);
    assertThat(environment.required("active_runs").asInt()).isEqualTo(1);
    assertThat(environment.required("runners_online").asInt()).isPositive();
    lease.result("completed");
    fixture.lease().result("completed");
    fixture.lease().result("completed");
    environment = get("/stats/queue").json().required("environments").get(0);
    assertThat(environment.required("queued_runs").asInt()).isZero();
    assertThat(environment.has("oldest_queued_at")).isFalse();
    assertThat(environment.required("active_runs").asInt()).isZero();
  }

  @Test
  void a_run_that_waits_again_waits_since_it_was_queued() {
    fixture.leased("\"max_retries\":1");
    Instant queued = server.clock().instant();
    fixture.queue("");
    fixture.leaseGoesOver();
    fixture.reap();

    var environment = get("/stats/queue").json().required("environments").get(0);

    assertThat(environment.required("queued_runs").asInt()).isEqualTo(2);
    assertThat(Instant.parse(environment.required("oldest_queued_at").asString()))
        .isEqualTo(queued);
  }
}
