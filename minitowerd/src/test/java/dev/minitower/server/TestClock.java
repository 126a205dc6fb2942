package dev.minitower.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Time that stands still until a test moves it. */
public final class TestClock implements InstantSource {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-02-08T12:00:00Z"));

  @Override
  public Instant instant() {
    return now.get();
  }

  public void advance(Duration step) {
    now.updateAndGet(instant -> instant.plus(step));
  }
}
