package dev.minitower.runner;

import dev.minitower.runner.RunnerSettings.Storage;
import dev.minitower.runner.RunnerSettings.Times;
import dev.minitower.runner.execution.Isolation;
import dev.minitower.runner.execution.Limits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A runner on a thread of this JVM, with times short enough for a test. */
final class TestRunner {
  private final Runner runner;
  private final CompletableFuture<Throwable> ended = new CompletableFuture<>();

  private TestRunner(RunnerSettings settings) {
    this.runner = new Runner(settings, "test");
  }

  static TestRunner start(
      ScriptedControlPlane server, Path dataDir, int concurrency, Duration grace, Duration safety) {
    var settings =
        new RunnerSettings(
            URI.create(server.url()),
            "test-runner",
            ScriptedControlPlane.REGISTRATION_TOKEN,
            null,
            "default",
            concurrency,
            "python3",
            "none",
            dataDir,
            new Times(Duration.ofMillis(200), grace, safety, Duration.ZERO),
            new Storage(256 << 20, 256 << 20, 0),
            Isolation.PROCESS,
            true,
            Limits.NONE);
    var test = new TestRunner(settings);
    new Thread(test::run, "runner").start();
    return test;
  }

  /** What ended the runner; null if it was stopped as it should be. */
  Throwable awaitEnd() throws InterruptedException, ExecutionException, TimeoutException {
    return ended.get(20, TimeUnit.SECONDS);
  }

  void stop() {
    runner.stop();
  }

  private void run() {
    try {
      runner.run();
      ended.complete(null);
    } catch (Exception e) {
      ended.complete(e);
    }
  }
}
