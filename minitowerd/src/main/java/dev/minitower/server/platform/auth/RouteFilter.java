package dev.minitower.server.platform.auth;

import dev.minitower.server.platform.web.ApiException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds the route of a request; a path that is not in the table is 404, a wrong method 405. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
final class RouteFilter extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    find(request, response).attachTo(request);
    chain.doFilter(request, response);
  }

  private static Route find(HttpServletRequest request, HttpServletResponse response) {
    List<Route> routes = Routes.at(request.getRequestURI());
    if (routes.isEmpty()) {
      return console(request);
    }
    return Routes.ofMethod(routes, request.getMethod())
        .orElseThrow(
            () -> {
              response.setHeader("Allow", allowed(routes));
              return ApiException.methodNotAllowed(request.getMethod());
            });
  }

  private static Route console(HttpServletRequest request) {
    boolean read = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    String path = request.getRequestURI();
    if (read && !path.startsWith("/api/") && !path.equals("/api")) {
      return Routes.CONSOLE;
    }
    throw ApiException.notFound("path");
  }

  private static String allowed(List<Route> routes) {
    return routes.stream()
        .map(route -> route.method().equals("GET") ? "GET, HEAD" : route.method())
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
