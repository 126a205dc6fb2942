package dev.minitower.server.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestArtifact;
import dev.minitower.server.TestRequest;
import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import dev.minitower.server.TestSocket;
import dev.minitower.server.platform.auth.Routes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  private static final Map<String, String> APP = Map.of("team", "acme", "app", "jobs");
  private static final Map<String, String> COMPLETED =
      Map.of("team", "acme", "app", "jobs", "status", "completed");
  private static final Map<String, String> DEFAULT = Map.of("environment", "default");

  @TempDir static Path folder;
  private static TestServer server;
  private static TestTeam team;

  /** Two runs, one of them done after two seconds in the queue and five of work. */
  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    team = server.newTeam("acme");
    expect(201, asTeam("POST", "/apps").json("{\"slug\": \"jobs\"}"));
    expect(
        201,
        asTeam("POST", "/apps/jobs/versions").file("artifact", TestArtifact.ofApp("jobs", "x")));
    expect(201, asTeam("POST", "/apps/jobs/runs").json("{\"priority\": 1}"));
    expect(201, asTeam("POST", "/apps/jobs/runs"));
    String runner = server.newRunner("runner");
    server.clock().advance(Duration.ofSeconds(2));
    TestAnswer lease = expect(200, server.post("/api/v1/runs/lease").token(runner));
    expect(200, asHolder(lease, runner, "start"));
    server.clock().advance(Duration.ofSeconds(5));
    expect(200, asHolder(lease, runner, "result").json("{\"status\": \"completed\"}"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestRequest asTeam(String method, String path) {
    return server.request(method, "/api/v1" + path).token(team.token());
  }

  private static TestRequest asHolder(TestAnswer lease, String runner, String call) {
    return server
        .post("/api/v1/runs/" + lease.number("run_id") + "/" + call)
        .token(runner)
        .header("X-Lease-Token", lease.text("lease_token"));
  }

  private static TestAnswer expect(int status, TestRequest request) {
    TestAnswer answer = request.send();
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    return answer;
  }

  private static Scrape scrape() {
    return Scrape.of(server.get("/metrics").send().body());
  }

  @Test
  void prometheus_can_read_it() {
    TestAnswer answer = server.get("/metrics").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/plain;version=0.0.4");
    assertThat(answer.body())
        .contains("# TYPE minitower_http_requests_total counter")
        .contains("# TYPE minitower_http_request_duration_seconds histogram");
  }

  @Test
  void what_happened_to_runs_is_counted_and_timed() {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> scrape().value("minitower_runs_completed_total", COMPLETED) == 1);
    Scrape scrape = scrape();

    assertThat(scrape.value("minitower_runs_created_total", APP)).isEqualTo(2);
    assertThat(scrape.value("minitower_runs_leased_total", DEFAULT)).isEqualTo(1);
    assertThat(scrape.value("minitower_runners_registered_total", DEFAULT)).isEqualTo(1);
    assertThat(scrape.value("minitower_run_queue_wait_seconds_sum", APP)).isEqualTo(2);
    assertThat(scrape.value("minitower_run_execution_seconds_sum", COMPLETED)).isEqualTo(5);
    assertThat(scrape.value("minitower_run_total_seconds_sum", COMPLETED)).isEqualTo(7);
    assertThat(scrape.value("minitower_run_total_seconds_count", COMPLETED)).isEqualTo(1);
    assertThat(scrape.value("minitower_runners_online", DEFAULT)).isEqualTo(1);
    assertThat(
            scrape.value(
                "minitower_runs_pending",
                Map.of("team", "acme", "app", "jobs", "environment", "default")))
        .isEqualTo(1);
  }

  @Test
  void requests_are_counted_under_their_routes_template() {
    Map<String, String> route =
        Map.of("method", "GET", "path", "/api/v1/apps/{app}", "status", "404");
    Map<String, String> timed = Map.of("method", "GET", "path", "/api/v1/apps/{app}");
    double before = counted(route);

    expect(404, asTeam("GET", "/apps/first"));
    expect(404, asTeam("GET", "/apps/second"));

    await().atMost(Duration.ofSeconds(10)).until(() -> counted(route) == before + 2);
    Scrape scrape = scrape();
    assertThat(scrape.value("minitower_http_request_duration_seconds_count", timed))
        .isEqualTo(before + 2);
    assertThat(scrape.value("minitower_http_response_size_bytes_sum", timed)).isGreaterThan(100);
    assertThat(scrape.value("minitower_http_request_size_bytes_count", timed))
        .isEqualTo(before + 2);
  }

  @Test
  void the_writers_load_can_be_seen() {
    Scrape before = scrape();

    expect(201, asTeam("POST", "/apps").json("{\"slug\": \"another\"}"));

    Scrape scrape = scrape();
    for (String counter : List.of("minitower_commits_total", "minitower_units_total")) {
      assertThat(scrape.value(counter, Map.of())).isEqualTo(before.value(counter, Map.of()) + 1);
    }
    for (String none :
        List.of(
            "minitower_units_waiting",
            "minitower_units_refused_total",
            "minitower_commit_failures_total")) {
      assertThat(scrape.value(none, Map.of())).as(none).isZero();
    }
  }

  private static double counted(Map<String, String> labels) {
    double value = scrape().value("minitower_http_requests_total", labels);
    return Double.isNaN(value) ? 0 : value;
  }

  @Test
  void a_client_can_not_make_up_labels() {
    expect(404, asTeam("GET", "/made-up-path"));
    expect(405, asTeam("PUT", "/apps"));
    expect(200, server.get("/made-up-page"));
    TestSocket.request(server, "BREW /api/v1/made-up-pot HTTP/1.1");
    TestSocket.exchange(server, "MADEUP\r\n\r\n");

    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                counted(Map.of("method", "other", "path", "unmatched", "status", "404")) >= 1
                    && counted(Map.of("method", "other", "path", "unmatched", "status", "400")) >= 1
                    && counted(Map.of("method", "GET", "path", "unmatched", "status", "404")) >= 1);
    Scrape scrape = scrape();
    List<String> templates = Routes.ALL.stream().map(route -> route.template()).toList();
    assertThat(scrape.values("method"))
        .isSubsetOf("", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other");
    assertThat(scrape.values("path"))
        .allSatisfy(
            path ->
                assertThat(
                        path.isEmpty()
                            || path.equals("unmatched")
                            || path.equals("console")
                            || templates.contains(path))
                    .as(path)
                    .isTrue());
  }
}
