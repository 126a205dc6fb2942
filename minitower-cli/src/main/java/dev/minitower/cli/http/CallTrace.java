package dev.minitower.cli.http;

import java.time.Duration;

/** Is told of every answer; {@code --verbose} prints it. */
@FunctionalInterface
public interface CallTrace {
  void called(String call, int status, Duration took, String requestId);
}
