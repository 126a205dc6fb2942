package dev.minitower.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when a test says so. */
public final class SettableClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-02-08T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }
}
