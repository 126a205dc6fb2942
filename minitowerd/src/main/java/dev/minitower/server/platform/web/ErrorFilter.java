package dev.minitower.server.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers what filters throw in the same shape as what controllers throw. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class ErrorFilter extends OncePerRequestFilter {
  private final ErrorResponses errors;

  ErrorFilter(ErrorResponses errors) {
    this.errors = errors;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (RuntimeException | ServletException e) {
      if (!ErrorResponses.isClientGone(e)) {
        errors.write(e, request, response);
      }
    }
  }
}
