package dev.minitower.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minitower.runner.LifeWitness.Life;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A runner process, the control plane that it serves, and a witness of what it runs. */
final class Stage {
  static final int TTL_SECONDS = 3;
  static final Duration HEARTBEAT = Duration.ofMillis(TTL_SECONDS * 1000 / 6);
  static final Duration GRACE = Duration.ofMillis(300);

  /** What ends must be gone so soon after the grace period, as the design promises. */
  static final Duration PROMISE = Duration.ofSeconds(2);

  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Until this JVM has noticed that a connection was closed. */
  private static final long NOTICE_NANOS = Duration.ofMillis(250).toNanos();

  static final String LIFE = resource("/life.py");

  final ScriptedControlPlane server;
  final LifeWitness witness = new LifeWitness();
  final Path folder;
  private final Held held;
  private RunnerProcess runner;

  Stage(Path folder) throws IOException {
    this(folder, Held.BY_DEFAULT);
  }

  Stage(Path folder, Held held) throws IOException {
    this(folder, held, TTL_SECONDS);
  }

  Stage(Path folder, Held held, int ttlSeconds) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.held = held;
    this.server = new ScriptedControlPlane(ttlSeconds);
    server.endLeasesInTime();
  }

  RunnerProcess start() throws IOException, InterruptedException {
    return start(Map.of());
  }

  /** Starts a runner, or the next life of the one that has ended. */
  RunnerProcess start(Map<String, String> settings) throws IOException, InterruptedException {
    runner = startAnother(settings);
    return runner;
  }

  /** Starts a runner that is to be ended by the caller. */
  RunnerProcess startAnother(Map<String, String> settings)
      throws IOException, InterruptedException {
    var all = new HashMap<String, String>();
    all.put("MINITOWER_SERVER_URL", server.url());
    all.put("MINITOWER_PYTHON_BIN", Python.PATH);
    all.put("MINITOWER_FENCING_MARGIN", "1s");
    all.putAll(settings);
    return held.start(folder, all);
  }

  RunnerProcess runner() {
    return runner;
  }

  /** A Python program that may use {@code life.py}. */
  FakeRun queue(String program) {
    return queue(program, null);
  }

  FakeRun queue(String program, Integer timeoutSeconds) {
    var files = Map.of("main.py", "from life import *\n" + program, "life.py", LIFE);
    return queue(TestArtifact.of(files, "main.py"), timeoutSeconds);
  }

  FakeRun queue(byte[] artifact, Integer timeoutSeconds) {
    return server.queue("main.py", artifact, Map.of("witness", witness.address()), timeoutSeconds);
  }

  void awaitAlive(FakeRun run, String... roles) {
    await().atMost(PATIENCE).until(() -> witness.alive(run).containsAll(List.of(roles)));
  }

  void awaitNobody(FakeRun run) {
    await().atMost(PATIENCE).until(() -> witness.alive(run).isEmpty());
  }

  void awaitResult(FakeRun run) {
    await().atMost(PATIENCE).until(() -> !run.results.isEmpty());
  }

  void awaitRelease(FakeRun run) {
    await().atMost(PATIENCE).until(() -> !run.releases.isEmpty());
  }

  /** The runner takes what comes next, and does it well. */
  void assertRunnerGoesOn() {
    FakeRun next = queue("print('next')");
    awaitResult(next);
    assertThat(next.results.get(0).exitCode()).isZero();
  }

  /** When the last process of a run was gone. */
  long goneNanos(FakeRun run) {
    return witness.lives(run).stream().mapToLong(Life::toNanos).max().orElseThrow();
  }

  void assertGoneWithin(Duration most, long sinceNanos, FakeRun run) {
    assertThat(Duration.ofNanos(goneNanos(run) - sinceNanos)).isBetween(Duration.ZERO, most);
  }

  /**
   * Every process of an attempt has lived within the time in which the run was this attempt's
   * alone, and was gone before the server was told of an end. So no two attempts of a run have
   * overlapped.
   */
  void assertNobodyOutlivedItsLease() {
    for (Life life : witness.lives()) {
      Tenure tenure = tenureOf(life);
      assertThat(life.fromNanos()).as("begin of " + life).isGreaterThan(tenure.fromNanos);
      assertThat(life.toNanos()).as("end of " + life).isLessThan(tenure.leasedUntilNanos);
      if (tenure.wasTold()) {
        assertThat(life.toNanos()).as("end of " + life).isLessThan(tenure.toldNanos + NOTICE_NANOS);
      }
    }
  }

  void end() throws IOException, InterruptedException {
    try {
      if (runner != null) {
        runner.killHard();
      }
      await().atMost(PATIENCE).until(witness::nobodyIsAlive);
    } finally {
      witness.close();
      server.close();
    }
  }

  private Tenure tenureOf(Life life) {
    return server.tenures(life.run()).stream()
        .filter(tenure -> tenure.attempt == life.attempt())
        .findFirst()
        .orElseThrow();
  }

  private static String resource(String name) {
    try (InputStream stream = Stage.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
