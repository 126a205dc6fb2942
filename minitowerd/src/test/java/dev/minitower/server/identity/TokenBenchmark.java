package dev.minitower.server.identity;

import dev.minitower.server.TestServer;
import dev.minitower.server.platform.auth.TeamPrincipal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.util.FileSystemUtils;

/** Who stands behind a team's token that was seen a moment ago, as each request asks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenBenchmark {
  private Path folder;
  private TestServer server;
  private CachedTeamAuthenticator authenticator;
  private String token;

  @Setup
  public void start() throws IOException {
    folder = Files.createTempDirectory("token-benchmark");
    server = TestServer.start(folder);
    token = server.bootstrapTeam("acme").token();
    authenticator = server.bean(CachedTeamAuthenticator.class);
  }

  @TearDown
  public void stop() throws IOException {
    server.close();
    boolean unused = FileSystemUtils.deleteRecursively(folder);
  }

  @Benchmark
  public Optional<TeamPrincipal> known() {
    return authenticator.authenticate(token);
  }
}
