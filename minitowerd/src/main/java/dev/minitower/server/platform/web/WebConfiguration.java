package dev.minitower.server.platform.web;

import dev.minitower.server.platform.metrics.HttpMetricsValve;
import dev.minitower.server.platform.settings.Settings;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.CacheControl;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;

/** The container and the console's files. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
  private static final String FILES = "classpath:/META-INF/resources/";

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(HttpMetricsValve metrics) {
    return factory -> {
      factory.setProtocol(SlimHttpProtocol.class.getName());
      factory.addEngineValves(metrics, new ClientConnection.Valve());
      factory.addContextCustomizers(
          context ->
              ((StandardHost) context.getParent())
                  .setErrorReportValveClass(EnvelopeErrorValve.class.getName()));
    };
  }

  @Bean
  FilterRegistrationBean<CorsFilter> corsFilter(Settings settings) {
    CorsConfiguration cors = new CorsConfiguration();
    cors.setAllowedOrigins(settings.corsOrigins());
    cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PATCH", "DELETE"));
    cors.setAllowedHeaders(
        List.of(
            "Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", "X-Request-Id"));
    cors.setExposedHeaders(List.of("X-Request-Id", "X-Artifact-SHA256", "Retry-After"));
    cors.setMaxAge(Duration.ofHours(1));
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    source.registerCorsConfiguration("/api/**", cors);
    CorsFilter check = new CorsFilter(source);
    check.setCorsProcessor(new RefusingCorsProcessor());
    FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(check);
    filter.setEnabled(!settings.corsOrigins().isEmpty());
    filter.addUrlPatterns("/api/*");
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 25);
    return filter;
  }

  /** Refuses in the shape of all other refusals. */
  private static final class RefusingCorsProcessor extends DefaultCorsProcessor {
    @Override
    protected void rejectRequest(ServerHttpResponse response) {
      throw ApiException.forbidden("pages of this origin may not send this request");
    }
  }

  /** Hashed assets never change; everything else is looked at again each time. */
  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    var unusedAssets =
        registry
            .addResourceHandler("/assets/**")
            .addResourceLocations(FILES + "assets/")
            .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
            .resourceChain(true)
            // The build puts a file.js.gz beside each file.js.
            .addResolver(new EncodedResourceResolver());
    var unusedFiles =
        registry
            .addResourceHandler("/**")
            .addResourceLocations(FILES)
            .setCacheControl(CacheControl.noCache())
            // Files in a reproducible jar are all of one date, whatever is in them.
            .setUseLastModified(false)
            .setEtagGenerator(new ContentHashes()::of)
            .resourceChain(true)
            .addResolver(new ConsolePageResolver());
  }

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    registry.addViewController("/api/docs").setViewName("forward:/api-docs/index.html");
  }
}
