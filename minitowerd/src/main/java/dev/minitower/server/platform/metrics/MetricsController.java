package dev.minitower.server.platform.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The scrape endpoint. */
@RestController
class MetricsController {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final List<ScrapedGauge> gauges;

  MetricsController(PrometheusMeterRegistry registry, List<ScrapedGauge> gauges) {
    this.registry = registry;
    this.gauges = gauges;
  }

  @GetMapping(path = "/metrics", produces = PROMETHEUS_TEXT)
  String scrape() {
    gauges.forEach(ScrapedGauge::refresh);
    return registry.scrape(PROMETHEUS_TEXT);
  }
}
