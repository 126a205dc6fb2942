package dev.minitower.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestServer;
import dev.minitower.server.runs.RunFixture;
import dev.minitower.server.runs.RunFixture.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an app's last finished runs say of it. */
class RecentRunsTest {
  @TempDir Path folder;
  private TestServer server;
  private RunFixture fixture;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
    fixture = new RunFixture(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode recent() {
    JsonNode one = fixture.asTeam("GET", "/apps/jobs?stats=true").send().json().required("recent");
    JsonNode listed = fixture.asTeam("GET", "/apps?stats=true").send().json().at("/apps/0/recent");
    assertThat(listed).isEqualTo(one);
    return one;
  }

  private void end(String status, long seconds) {
    Lease lease = fixture.leased();
    lease.start();
    server.clock().advance(Duration.ofSeconds(seconds));
    assertThat(lease.result(status).status()).isEqualTo(200);
  }

  @Test
  void nobody_who_does_not_ask_gets_them() {
    end("completed", 1);

    assertThat(fixture.asTeam("GET", "/apps").send().body()).doesNotContain("recent");
    assertThat(fixture.asTeam("GET", "/apps/jobs?stats=false").send().body())
        .doesNotContain("recent");
    assertThat(fixture.asTeam("GET", "/apps?stats=maybe").send().fieldsAtFault())
        .containsExactly("stats");
  }

  @Test
  void an_app_without_a_finished_run_has_no_rate_and_no_median() {
    fixture.queue("");

    assertThat(recent()).hasToString("{\"runs\":[]}");
  }

  @Test
  void the_rate_leaves_out_what_was_cancelled_and_the_median_what_did_not_complete() {
    end("completed", 2);
    end("failed", 50);
    end("completed", 10);
    fixture.cancel(fixture.queue(""));
    fixture.leased();
    fixture.leaseGoesOver();
    fixture.reap();

    JsonNode recent = recent();

    assertThat(recent.required("success_rate").asDouble()).isEqualTo(0.5);
    assertThat(recent.required("median_seconds").asDouble()).isEqualTo(6);
    assertThat(recent.required("runs").valueStream().map(run -> run.required("status").asString()))
        .containsExactly("completed", "failed", "completed", "cancelled", "dead");
    assertThat(recent.at("/runs/1/duration_seconds").asDouble()).isEqualTo(50);
    assertThat(recent.at("/runs/3").has("duration_seconds")).isFalse();
  }

  @Test
  void the_runs_stand_in_the_order_in_which_they_finished() {
    Lease first = fixture.leased();
    Lease second = fixture.leased();
    second.result("completed");
    server.clock().advance(Duration.ofSeconds(1));
    first.result("completed");

    assertThat(recent().required("runs").valueStream().map(run -> run.required("run_no").asInt()))
        .containsExactly(2, 1);
  }

  @Test
  void only_the_last_fifty_count() {
    end("failed", 1);
    IntStream.range(0, 50).forEach(i -> fixture.cancel(fixture.queue("")));
    end("completed", 3);

    JsonNode recent = recent();

    assertThat(recent.required("runs")).hasSize(50);
    assertThat(recent.at("/runs/0/run_no").asInt()).isEqualTo(3);
    assertThat(recent.at("/runs/49/run_no").asInt()).isEqualTo(52);
    assertThat(recent.required("success_rate").asDouble()).isEqualTo(1);
  }
}
