package dev.minitower.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.model.api.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a runner downloads, and what it keeps of that. */
class ArtifactCacheTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] ARTIFACT =
      TestArtifact.of(
          Map.of("main.py", "import words; print(words.HELLO)", "lib/words.py", "HELLO = 'Hello'"),
          "main.py");

  @TempDir Path dataDir;
  private ScriptedControlPlane server;
  private TestRunner runner;

  @BeforeEach
  void startServer() throws IOException {
    server = new ScriptedControlPlane(5);
  }

  @AfterEach
  void stop() throws Exception {
    runner.stop();
    assertThat(runner.awaitEnd()).isNull();
    server.close();
  }

  @Test
  void second_run_of_a_version_downloads_nothing_also_after_a_restart() throws Exception {
    start(1);
    awaitHello(queue());
    awaitHello(queue());
    assertThat(downloads()).isEqualTo(1);

    runner.stop();
    assertThat(runner.awaitEnd()).isNull();
    server.close();
    server = new ScriptedControlPlane(5);
    start(1);
    awaitHello(queue());
    assertThat(downloads()).isZero();
  }

  @Test
  void two_runs_at_once_download_once() throws Exception {
    var bothStarted = new CountDownLatch(2);
    var told = new CountDownLatch(1);
    server.fault(
        "start",
        2,
        (exchange, normal) -> {
          normal.handle(exchange);
          bothStarted.countDown();
        });
    server.fault(
        "artifact",
        (exchange, normal) -> {
          told.await();
          normal.handle(exchange);
        });
    FakeRun first = queue();
    FakeRun second = queue();

    start(2);
    await().atMost(PATIENCE).until(() -> bothStarted.getCount() == 0 && downloads() > 0);
    told.countDown();

    awaitHello(first);
    awaitHello(second);
    assertThat(downloads()).isEqualTo(1);
  }

  @Test
  void run_that_waits_for_the_download_of_another_can_be_cancelled() throws Exception {
    var told = new CountDownLatch(1);
    var downloader = new CompletableFuture<String>();
    server.fault(
        "artifact",
        (exchange, normal) -> {
          downloader.complete(exchange.getRequestURI().getPath());
          told.await();
          normal.handle(exchange);
        });
    List<FakeRun> runs = List.of(queue(), queue());
    start(2);
    await()
        .atMost(PATIENCE)
        .until(() -> server.see(() -> runs.stream().allMatch(r -> r.starts == 1)));
    int first = downloader.get(30, TimeUnit.SECONDS).contains("/runs/1/") ? 0 : 1;
    FakeRun waiting = runs.get(1 - first);

    server.cancel(waiting);

    await().atMost(PATIENCE).until(() -> !waiting.results.isEmpty());
    assertThat(waiting.results.get(0).status()).isEqualTo(Outcome.CANCELLED);
    assertThat(server.lines(waiting)).isEmpty();
    told.countDown();
    awaitHello(runs.get(first));
  }

  @Test
  void cached_artifact_that_was_damaged_is_downloaded_again() throws Exception {
    start(1);
    awaitHello(queue());
    damage(cachedFile("artifact.tar.gz"));
    awaitHello(queue());
    damage(cachedFile("import-paths.json"));
    awaitHello(queue());
    awaitHello(queue());

    assertThat(downloads()).isEqualTo(3);
  }

  @Test
  void artifact_that_arrives_damaged_is_not_kept() throws Exception {
    FakeRun run = queue();
    server.fault(
        "artifact",
        (exchange, normal) -> {
          exchange.getResponseHeaders().set("X-Import-Paths", "[]");
          exchange.sendResponseHeaders(200, 5);
          exchange
              .getResponseBody()
              .write("wrong".getBytes(java.nio.charset.StandardCharsets.UTF_8));
          exchange.getResponseBody().close();
        });

    start(1);
    await().atMost(PATIENCE).until(() -> !run.releases.isEmpty());
    awaitHello(queue());

    assertThat(run.releases.get(0)).contains("arrived damaged");
    assertThat(downloads()).isEqualTo(2);
  }

  @Test
  void server_that_does_not_say_which_artifact_it_is_is_asked_each_time() throws Exception {
    server.beOld();
    start(1);
    awaitHello(queue());
    awaitHello(queue());

    assertThat(downloads()).isEqualTo(2);
    assertThat(artifacts()).isEmptyDirectory();
  }

  private void start(int concurrency) {
    runner =
        TestRunner.start(
            server, dataDir, concurrency, Duration.ofMillis(300), Duration.ofMillis(200));
  }

  private FakeRun queue() {
    return server.queue("main.py", ARTIFACT, Map.of(), null);
  }

  private void awaitHello(FakeRun run) {
    await().atMost(PATIENCE).until(() -> !run.results.isEmpty());
    assertThat(server.lines(run)).containsExactly("Hello");
  }

  private long downloads() {
    return server.calls().stream().filter("artifact"::equals).count();
  }

  private Path artifacts() {
    return dataDir.resolve("runner/cache/artifacts");
  }

  private Path cachedFile(String name) throws IOException {
    try (var entries = Files.list(artifacts())) {
      List<Path> all = entries.toList();
      assertThat(all).hasSize(1);
      return all.get(0).resolve(name);
    }
  }

  private static void damage(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "damaged");
  }
}
