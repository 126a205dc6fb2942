package dev.minitower.server.platform.metrics;

import dev.minitower.server.platform.database.StartupException;
import dev.minitower.server.platform.settings.ListenAddress;
import dev.minitower.server.platform.settings.Settings;
import dev.minitower.server.platform.web.ApiException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives the metrics an address of their own, if one is set: there nothing else is served, and
 * elsewhere they are not.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 28)
final class MetricsAddress extends OncePerRequestFilter
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private final @Nullable ListenAddress address;
  private @Nullable Connector connector;

  MetricsAddress(Settings settings) {
    this.address = settings.metricsAddress().orElse(null);
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    if (address == null) {
      return;
    }
    Connector own = new Connector();
    own.setPort(address.port());
    if (!address.host().isEmpty() && own.getProtocolHandler() instanceof AbstractProtocol<?> http) {
      http.setAddress(resolve(address.host()));
    }
    connector = own;
    factory.addAdditionalConnectors(own);
  }

  private static InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new StartupException(
          "MINITOWER_METRICS_ADDR: the host '%s' is not known".formatted(host), e);
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (connector != null) {
      boolean onOwnAddress = request.getLocalPort() == connector.getLocalPort();
      if (onOwnAddress != request.getRequestURI().equals("/metrics")) {
        throw ApiException.notFound("path");
      }
    }
    chain.doFilter(request, response);
  }
}
