package dev.minitower.server.platform.auth;

import dev.minitower.server.platform.web.ApiException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets a request through to its route only with the token that the route asks for. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 50)
final class AuthFilter extends OncePerRequestFilter {
  private static final String BEARER = "Bearer ";

  private final TeamAuthenticator teams;
  private final RunnerAuthenticator runners;
  private final OperatorSecrets secrets;

  AuthFilter(TeamAuthenticator teams, RunnerAuthenticator runners, OperatorSecrets secrets) {
    this.teams = teams;
    this.runners = runners;
    this.secrets = secrets;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    authorize(Route.of(request).access(), request);
    chain.doFilter(request, response);
  }

  private void authorize(Access access, HttpServletRequest request) {
    switch (access) {
      case PUBLIC -> {}
      case BOOTSTRAP -> {
        if (!secrets.bootstrapEnabled()) {
          throw ApiException.notFound("path");
        }
        require(secrets.isBootstrapToken(token(request)), "bootstrap");
      }
      case REGISTRATION ->
          require(secrets.isRegistrationToken(token(request)), "runner registration");
      case TEAM -> Principals.attach(request, team(request));
      case ADMIN -> Principals.attach(request, admin(request));
      case RUNNER -> Principals.attach(request, runner(request));
    }
  }

  private static void require(boolean right, String kind) {
    if (!right) {
      throw ApiException.unauthorized("the %s token is not the right one".formatted(kind));
    }
  }

  private TeamPrincipal admin(HttpServletRequest request) {
    TeamPrincipal team = team(request);
    if (!team.isAdmin()) {
      throw ApiException.forbidden("this needs a token with the role admin");
    }
    return team;
  }

  private TeamPrincipal team(HttpServletRequest request) {
    return teams
        .authenticate(token(request))
        .orElseThrow(() -> ApiException.unauthorized("the token is unknown, expired or revoked"));
  }

  private RunnerPrincipal runner(HttpServletRequest request) {
    return runners
        .authenticate(token(request))
        .orElseThrow(() -> ApiException.unauthorized("the runner token is unknown"));
  }

  private static String token(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
        .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(header -> header.substring(BEARER.length()).trim())
        .orElseThrow(() -> ApiException.unauthorized("a token is needed: Authorization: Bearer …"));
  }
}
