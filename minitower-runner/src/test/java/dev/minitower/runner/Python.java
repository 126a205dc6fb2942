package dev.minitower.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/**
 * The interpreter itself: what is first on the path may be a script that looks for it each time.
 */
final class Python {
  static final String PATH = find();

  private Python() {}

  private static String find() {
    try {
      Process python =
          new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
      try (var output = python.getInputStream()) {
        return new String(output.readAllBytes(), UTF_8).strip();
      }
    } catch (IOException e) {
      throw new IllegalStateException("these tests need python3", e);
    }
  }
}
