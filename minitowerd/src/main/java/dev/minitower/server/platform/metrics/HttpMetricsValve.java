package dev.minitower.server.platform.metrics;

import dev.minitower.server.platform.auth.Route;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts every request once it is over, asynchronous ones included, in the place where Tomcat
 * writes its access log: only there are the sizes and the end of a long poll known.
 */
@Component
public final class HttpMetricsValve extends ValveBase implements AccessLog {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final String UNMATCHED = "unmatched";

  private final MeterRegistry registry;
  private final Map<Kind, Meters> meters = new ConcurrentHashMap<>();

  HttpMetricsValve(MeterRegistry registry) {
    super(true);
    this.registry = registry;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
  }

  /**
   * What tells the meters of one request from those of another; few, since none of it is a
   * client's.
   */
  private record Kind(String method, String path, int status) {}

  /** Looked up once for each kind of request and not for each request. */
  private record Meters(
      Counter requests,
      Timer duration,
      DistributionSummary requestSize,
      DistributionSummary responseSize) {}

  @Override
  public void log(Request request, Response response, long nanos) {
    Kind kind = new Kind(method(request), path(request), response.getStatus());
    Meters of = meters.computeIfAbsent(kind, this::metersOf);
    of.requests().increment();
    of.duration().record(nanos, TimeUnit.NANOSECONDS);
    of.requestSize().record((double) Math.max(0, request.getCoyoteRequest().getBytesRead()));
    of.responseSize().record((double) response.getBytesWritten(false));
  }

  private Meters metersOf(Kind kind) {
    Tags route = Tags.of("method", kind.method(), "path", kind.path());
    return new Meters(
        Counter.builder("minitower_http_requests")
            .tags(route.and("status", String.valueOf(kind.status())))
            .register(registry),
        Timer.builder("minitower_http_request_duration")
            .tags(route)
            .serviceLevelObjectives(Buckets.REQUEST)
            .register(registry),
        size("minitower_http_request_size", route),
        size("minitower_http_response_size", route));
  }

  /** A request that could not be parsed has none. */
  private static String method(Request request) {
    @Nullable String method = request.getMethod();
    return method != null && METHODS.contains(method) ? method : "other";
  }

  private static String path(Request request) {
    return Route.find(request).map(Route::template).orElse(UNMATCHED);
  }

  private DistributionSummary size(String name, Tags tags) {
    return DistributionSummary.builder(name)
        .baseUnit("bytes")
        .tags(tags)
        .serviceLevelObjectives(Buckets.BYTES)
        .register(registry);
  }

  @Override
  public void setRequestAttributesEnabled(boolean enabled) {
    // Only our own attribute is read.
  }

  @Override
  public boolean getRequestAttributesEnabled() {
    return false;
  }
}
