package dev.minitower.server.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minitower.server.TestServer;
import dev.minitower.server.TestServer.TestTeam;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route with every kind of token: who is let through, and what the others hear. */
class AccessTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static TestServer server;
  private static final Map<Token, String> TOKENS = new EnumMap<>(Token.class);

  enum Token {
    NONE,
    GARBAGE,
    MEMBER,
    ADMIN,
    RUNNER,
    REGISTRATION,
    BOOTSTRAP
  }

  private static final Map<Access, Set<Token>> ADMITTED =
      Map.of(
          Access.PUBLIC, EnumSet.allOf(Token.class),
          Access.TEAM, EnumSet.of(Token.MEMBER, Token.ADMIN),
          Access.ADMIN, EnumSet.of(Token.ADMIN),
          Access.RUNNER, EnumSet.of(Token.RUNNER),
          Access.REGISTRATION, EnumSet.of(Token.REGISTRATION),
          Access.BOOTSTRAP, EnumSet.of(Token.BOOTSTRAP));

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    TestTeam team = server.newTeam("acme");
    TOKENS.put(Token.GARBAGE, "mtk_" + "x".repeat(43));
    TOKENS.put(Token.MEMBER, server.newToken(team, "member"));
    TOKENS.put(Token.ADMIN, team.token());
    TOKENS.put(Token.RUNNER, server.newRunner("runner"));
    TOKENS.put(Token.REGISTRATION, TestServer.REGISTRATION_TOKEN);
    TOKENS.put(Token.BOOTSTRAP, TestServer.BOOTSTRAP_TOKEN);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static List<Route> routes() {
    return Routes.ALL;
  }

  /** The status alone: some answers are streams without an end. */
  private static int status(Route route, Token token) throws Exception {
    String path =
        route
            .template()
            .replace("{app}", "jobs")
            .replace("{run}", "4711")
            .replace("{no}", "1")
            .replace("{id}", "4711");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .header("Content-Type", "application/json")
            .method(
                route.method(),
                route.method().equals("GET")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString("{}"));
    if (TOKENS.containsKey(token)) {
      request.header("Authorization", "Bearer " + TOKENS.get(token));
    }
    HttpResponse<InputStream> response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
    response.body().close();
    return response.statusCode();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void a_route_lets_through_those_it_is_for_and_nobody_else(Route route) throws Exception {
    for (Token token : Token.values()) {
      int status = status(route, token);

      if (ADMITTED.get(route.access()).contains(token)) {
        assertThat(status).as("%s with %s", route, token).isNotIn(401, 403, 405, 500, 503);
      } else {
        int refusal = route.access() == Access.ADMIN && token == Token.MEMBER ? 403 : 401;
        assertThat(status).as("%s with %s", route, token).isEqualTo(refusal);
      }
    }
  }

  @Test
  void every_way_into_a_controller_is_in_the_table_and_the_table_names_no_other() {
    Set<String> served =
        server.bean(RequestMappingHandlerMapping.class).getHandlerMethods().keySet().stream()
            .flatMap(AccessTest::ways)
            .filter(way -> !way.endsWith(" /error"))
            .collect(Collectors.toCollection(TreeSet::new));
    served.add("GET /api/docs"); // a view, not a controller

    assertThat(Routes.ALL)
        .extracting(route -> route.method() + " " + route.template())
        .containsExactlyInAnyOrderElementsOf(served);
  }

  private static Stream<String> ways(RequestMappingInfo mapping) {
    Set<String> methods =
        mapping.getMethodsCondition().getMethods().isEmpty()
            ? Set.of("*")
            : mapping.getMethodsCondition().getMethods().stream()
                .map(Enum::name)
                .collect(Collectors.toSet());
    return mapping.getPatternValues().stream()
        .flatMap(path -> methods.stream().map(method -> method + " " + path));
  }
}
