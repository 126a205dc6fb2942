package dev.minitower.runner.client;

import java.net.http.HttpResponse;
import java.time.Duration;

/** The server's wish for a pause, in whole seconds and believed up to a bound. */
final class RetryAfter {
  private static final long LONGEST_SECONDS = 10;

  private RetryAfter() {}

  static Duration of(HttpResponse<?> answer) {
    String value = answer.headers().firstValue("Retry-After").orElse("0");
    return value.matches("\\d{1,9}")
        ? Duration.ofSeconds(Math.min(Long.parseLong(value), LONGEST_SECONDS))
        : Duration.ZERO;
  }
}
