package dev.minitower.server.platform.metrics;

/** A gauge whose values are read from the database each time somebody scrapes. */
public interface ScrapedGauge {
  void refresh();
}
