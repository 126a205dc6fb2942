package dev.minitower.server.platform.web;

import dev.minitower.server.platform.auth.Route;
import dev.minitower.server.platform.settings.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds every request body, announced or not, and inflates those that are sent gzipped; the bound
 * holds for the inflated bytes. Artifact uploads have a larger bound, kept by the multipart parser.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 40)
final class BodyFilter extends OncePerRequestFilter {
  private final long maxBody;
  private final long maxUpload;

  BodyFilter(Settings settings) {
    this.maxBody = settings.maxRequestBody();
    this.maxUpload = MultipartConfiguration.maxRequest(settings);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean upload = Route.of(request).isUpload();
    long limit = upload ? maxUpload : maxBody;
    if (request.getContentLengthLong() > limit) {
      throw ApiException.tooLarge(limit);
    }
    chain.doFilter(upload ? request : bounded(request, limit), response);
  }

  private static HttpServletRequest bounded(HttpServletRequest request, long limit) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding == null || encoding.equalsIgnoreCase("identity")) {
      return request.getContentLengthLong() >= 0
          ? request
          : new BoundedRequest(request, limit, false);
    }
    if (!encoding.toLowerCase(Locale.ROOT).equals("gzip")) {
      throw ApiException.unsupportedMediaType("Content-Encoding must be gzip or absent");
    }
    return new BoundedRequest(request, limit, true);
  }
}
