package dev.minitower.server.platform.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;

/**
 * One way in.
 *
 * @param method an HTTP method; GET stands for HEAD too
 * @param template the path with its variables, also the value of the metrics' {@code path} label
 */
public record Route(String method, String template, Access access) {
  private static final String ATTRIBUTE = Route.class.getName();
  private static final String UPLOAD = "/api/v1/apps/{app}/versions";

  /** The route that {@link RouteFilter} found for the request. */
  public static Route of(HttpServletRequest request) {
    return (Route) Objects.requireNonNull(request.getAttribute(ATTRIBUTE));
  }

  /** The same, where a request may have been refused before a route was found. */
  public static Optional<Route> find(HttpServletRequest request) {
    return Optional.ofNullable((Route) request.getAttribute(ATTRIBUTE));
  }

  void attachTo(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Takes an artifact, for which another limit holds than for other bodies. */
  public boolean isUpload() {
    return method.equals("POST") && template.equals(UPLOAD);
  }
}
