package dev.minitower.server.openapi;

import static java.util.function.UnaryOperator.identity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.model.identity.TokenKind;
import dev.minitower.server.TestAnswer;
import dev.minitower.server.TestRequest;
import dev.minitower.server.TestServer;
import dev.minitower.server.platform.auth.Access;
import dev.minitower.server.platform.auth.Route;
import dev.minitower.server.platform.auth.Routes;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, is refused as the published document describes it. */
class DocumentedRefusalsTest {
  @TempDir private Path folder;
  private TestServer server;
  private DocumentedApi api;
  private String admin;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
    api = new DocumentedApi(server);
    admin = server.newTeam("acme").token();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void what_asks_for_a_token_refuses_without_one() {
    assertThat(Routes.ALL)
        .filteredOn(route -> route.access() != Access.PUBLIC)
        .allSatisfy(
            route -> {
              TestAnswer answer =
                  api.call(401, SpringdocDocument.key(route), identity(), ones(route));
              assertThat(answer.errorCode()).isEqualTo("unauthorized");
            });
  }

  @Test
  void what_asks_for_an_admin_refuses_a_member() {
    TestServer.TestTeam team = server.newTeam("other");
    String member = server.newToken(team, "member");

    assertThat(Routes.ALL)
        .filteredOn(route -> route.access() == Access.ADMIN)
        .isNotEmpty()
        .allSatisfy(
            route -> {
              UnaryOperator<TestRequest> asMember = request -> request.token(member);
              TestAnswer answer =
                  api.call(403, SpringdocDocument.key(route), asMember, ones(route));
              assertThat(answer.errorCode()).isEqualTo("forbidden");
            });
  }

  @Test
  void what_asks_for_a_lease_refuses_a_malformed_and_an_unknown_one() {
    String token = server.newRunner("r1");

    assertThat(Routes.ALL)
        .filteredOn(route -> route.access() == Access.RUNNER && route.template().contains("{run}"))
        .isNotEmpty()
        .allSatisfy(
            route -> {
              String operation = SpringdocDocument.key(route);
              api.call(400, operation, request -> request.token(token), ones(route));
              api.call(
                  410,
                  operation,
                  request ->
                      request.token(token).header("X-Lease-Token", TokenKind.LEASE.generate()),
                  ones(route));
            });
  }

  @Test
  void what_is_not_there_or_malformed_is_refused_as_described() {
    api.call(404, "GET /api/v1/apps/{app}", this::asAdmin, "none");
    api.call(404, "GET /api/v1/runs/{run}", this::asAdmin, 1);
    api.call(404, "GET /api/v1/runs/{run}/events", this::asAdmin, 1);
    api.call(404, "GET /api/v1/runs?app=none", this::asAdmin);
    api.call(404, "GET /api/v1/stats/runs?app=none", this::asAdmin);
    api.call(404, "GET /api/v1/runs/{run}/logs/search?q=x", this::asAdmin, 1);
    api.call(404, "DELETE /api/v1/tokens/{id}", this::asAdmin, 99);
    api.call(400, "GET /api/v1/runs/{run}", this::asAdmin, "one");
    api.call(400, "GET /api/v1/apps?limit=0", this::asAdmin);
    api.call(400, "GET /api/v1/runs?status=lost", this::asAdmin);
    api.call(400, "GET /api/v1/runs?q=", this::asAdmin);
    api.call(400, "GET /api/v1/runs/{run}/logs/search", this::asAdmin, 1);
    api.call(400, "GET /api/v1/runs/{run}/logs?tail=0", this::asAdmin, 1);
    api.call(400, "GET /api/v1/stats/runs?hours=169", this::asAdmin);
    api.call(400, "POST /api/v1/apps", json("{\"slug\":\"?\"}"));
    api.call(400, "POST /api/v1/apps", json("{\"slug\":\"jobs\",\"nope\":1}"));
    api.call(
        415, "POST /api/v1/apps", request -> asAdmin(request).bytes("text/plain", new byte[1]));
    api.call(201, "POST /api/v1/apps", json("{\"slug\":\"jobs\"}"));
    api.call(409, "POST /api/v1/apps", json("{\"slug\":\"jobs\"}"));
    api.call(400, "POST /api/v1/apps/{app}/runs", this::asAdmin, "jobs");
    api.call(
        400,
        "POST /api/v1/apps/{app}/versions",
        request -> asAdmin(request).file("artifact", new byte[9]),
        "jobs");
    api.call(401, "POST /api/v1/teams/login", json("{\"slug\":\"acme\",\"password\":\"wrong\"}"));
  }

  private static Object[] ones(Route route) {
    return route.template().chars().filter(c -> c == '{').mapToObj(c -> 1).toArray();
  }

  private TestRequest asAdmin(TestRequest request) {
    return request.token(admin);
  }

  private UnaryOperator<TestRequest> json(String body) {
    return request -> request.token(admin).json(body);
  }
}
