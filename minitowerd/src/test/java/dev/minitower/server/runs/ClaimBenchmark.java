package dev.minitower.server.runs;

import dev.minitower.bench.seed.SeedPlan;
import dev.minitower.bench.seed.Seeded;
import dev.minitower.model.identity.TokenHash;
import dev.minitower.server.SeededHistory;
import dev.minitower.server.TestClock;
import dev.minitower.server.platform.auth.RunnerPrincipal;
import dev.minitower.server.platform.database.RolledBack;
import dev.minitower.server.runs.AttemptRepository.LeaseUntil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** A claim and the attempt that follows it, in a transaction of a real file that is undone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 5, time = 1)
public class ClaimBenchmark {
  private static final String ENVIRONMENT = "deep";
  private static final Instant NOW = TestClock.START;
  private static final LeaseUntil UNTIL =
      new LeaseUntil(NOW.plus(Duration.ofMinutes(1)), NOW.plus(Duration.ofMinutes(21)));

  @Param({"1000", "100000"})
  public int queued;

  private Path folder;
  private RolledBack database;
  private RunRepository runs;
  private AttemptRepository attempts;
  private RunnerPrincipal runner;
  private final TokenHash leaseToken = TokenHash.of("lease");

  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("claim-benchmark");
    SeedPlan plan = SeedPlan.of(0, NOW).withTeams(1, 1).withQueued(ENVIRONMENT, queued);
    Seeded unused = SeededHistory.fill(folder, plan);
    database = new RolledBack(folder);
    runs = new RunRepository(database.jdbc());
    attempts = new AttemptRepository(database.jdbc());
    runner = anyRunner(database.jdbc());
  }

  private static RunnerPrincipal anyRunner(JdbcClient jdbc) {
    return jdbc.sql("SELECT id, name, token_hash FROM runners ORDER BY id LIMIT 1")
        .query(
            (row, i) ->
                new RunnerPrincipal(
                    row.getLong("id"),
                    row.getString("name"),
                    ENVIRONMENT,
                    1,
                    new TokenHash(row.getString("token_hash"))))
        .single();
  }

  @TearDown
  public void close() throws IOException {
    database.close();
    boolean unused = FileSystemUtils.deleteRecursively(folder);
  }

  @Benchmark
  public long claim() {
    return database.run(
        () ->
            attempts.insert(
                runs.claimNext(runner).orElseThrow(),
                runner.runnerId(),
                runner.name(),
                leaseToken,
                UNTIL,
                NOW));
  }

  /** What the transaction itself costs, to be taken off. */
  @Benchmark
  public long nothing() {
    return database.run(() -> 0L);
  }
}
