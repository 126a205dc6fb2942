package dev.minitower.server.platform.auth;

import static dev.minitower.server.platform.auth.Access.ADMIN;
import static dev.minitower.server.platform.auth.Access.BOOTSTRAP;
import static dev.minitower.server.platform.auth.Access.PUBLIC;
import static dev.minitower.server.platform.auth.Access.REGISTRATION;
import static dev.minitower.server.platform.auth.Access.RUNNER;
import static dev.minitower.server.platform.auth.Access.TEAM;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Every route there is, and who may call it. What is not here is not served. */
public final class Routes {
  /** The console: any other path that is only read. Its router knows which pages there are. */
  static final Route CONSOLE = new Route("GET", "console", PUBLIC);

  private static final String API = "/api/v1";

  public static final List<Route> ALL =
      List.of(
          get("/health", PUBLIC),
          get("/ready", PUBLIC),
          get("/metrics", PUBLIC),
          get("/api/docs", PUBLIC),
          get(API + "/openapi.json", PUBLIC),
          get(API + "/auth/options", PUBLIC),
          post(API + "/teams/signup", PUBLIC),
          post(API + "/teams/login", PUBLIC),
          post(API + "/teams/password", ADMIN),
          post(API + "/bootstrap/team", BOOTSTRAP),
          get(API + "/me", TEAM),
          post(API + "/tokens", TEAM),
          get(API + "/tokens", TEAM),
          new Route("DELETE", API + "/tokens/{id}", TEAM),
          post(API + "/apps", TEAM),
          get(API + "/apps", TEAM),
          get(API + "/apps/{app}", TEAM),
          new Route("PATCH", API + "/apps/{app}", ADMIN),
          post(API + "/apps/{app}/versions", TEAM),
          get(API + "/apps/{app}/versions", TEAM),
          get(API + "/apps/{app}/versions/{no}", TEAM),
          get(API + "/apps/{app}/versions/{no}/artifact", TEAM),
          post(API + "/apps/{app}/runs", TEAM),
          get(API + "/apps/{app}/runs", TEAM),
          get(API + "/runs", TEAM),
          get(API + "/runs/summary", TEAM),
          get(API + "/runs/{run}", TEAM),
          post(API + "/runs/{run}/cancel", TEAM),
          get(API + "/runs/{run}/logs", TEAM),
          get(API + "/runs/{run}/logs/download", TEAM),
          get(API + "/runs/{run}/logs/search", TEAM),
          get(API + "/runs/{run}/events", TEAM),
          get(API + "/events", TEAM),
          get(API + "/stats/runs", TEAM),
          get(API + "/stats/queue", TEAM),
          get(API + "/admin/runners", ADMIN),
          post(API + "/runners/register", REGISTRATION),
          post(API + "/runners/state", RUNNER),
          post(API + "/runs/lease", RUNNER),
          post(API + "/runs/{run}/start", RUNNER),
          post(API + "/runs/{run}/heartbeat", RUNNER),
          post(API + "/runs/{run}/logs", RUNNER),
          post(API + "/runs/{run}/result", RUNNER),
          post(API + "/runs/{run}/release", RUNNER),
          get(API + "/runs/{run}/artifact", RUNNER));

  private static final List<Entry> MOST_SPECIFIC_FIRST =
      ALL.stream()
          .map(route -> new Entry(PathPatternParser.defaultInstance.parse(route.template()), route))
          .sorted(Comparator.comparing(Entry::pattern, PathPattern.SPECIFICITY_COMPARATOR))
          .toList();

  private Routes() {}

  private record Entry(PathPattern pattern, Route route) {}

  private static Route get(String template, Access access) {
    return new Route("GET", template, access);
  }

  private static Route post(String template, Access access) {
    return new Route("POST", template, access);
  }

  /**
   * All routes of the most specific template that matches, one for each method; empty if none does.
   * {@code /runs/summary} is thus never taken for a run.
   */
  static List<Route> at(String path) {
    PathContainer container = PathContainer.parsePath(path);
    List<Route> found = new ArrayList<>();
    for (Entry entry : MOST_SPECIFIC_FIRST) {
      boolean sameTemplate =
          found.isEmpty() || found.get(0).template().equals(entry.route().template());
      if (sameTemplate && entry.pattern().matches(container)) {
        found.add(entry.route());
      }
    }
    return found;
  }

  static Optional<Route> ofMethod(List<Route> routes, String method) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    return routes.stream().filter(route -> route.method().equals(wanted)).findFirst();
  }
}
