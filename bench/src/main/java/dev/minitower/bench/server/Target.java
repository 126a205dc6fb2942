package dev.minitower.bench.server;

import dev.minitower.bench.http.Endpoint;
import dev.minitower.bench.http.HttpConnection;
import dev.minitower.bench.measure.ProcessUsage;
import dev.minitower.bench.protocol.Entrance;
import dev.minitower.bench.protocol.RunnerClient;
import dev.minitower.bench.protocol.TeamClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server that can be put under load, with a team's token. Names are unique for each session. */
public final class Target implements AutoCloseable {
  private final Endpoint endpoint;
  private final Credentials credentials;
  private final @Nullable ServerProcess process;
  private final @Nullable Long pid;
  private final @Nullable Scratch scratch;
  private final String teamToken;
  private final String session = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
  private final AtomicInteger names = new AtomicInteger();

  private Target(
      Endpoint endpoint,
      Credentials credentials,
      @Nullable ServerProcess process,
      @Nullable Long pid,
      @Nullable Scratch scratch)
      throws IOException {
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.process = process;
    this.pid = pid;
    this.scratch = scratch;
    this.teamToken = teamToken();
  }

  /** A server that somebody else started; its CPU time is known only by its pid on this machine. */
  public static Target running(Endpoint endpoint, Credentials credentials, @Nullable Long pid)
      throws IOException {
    return new Target(endpoint, credentials, null, pid, null);
  }

  /** A new server with an empty database, both gone when the target is closed. */
  public static Target start(Program program, Path work) throws IOException, InterruptedException {
    Scratch scratch = Scratch.in(work);
    try {
      ServerProcess process = ServerProcess.start(program, scratch.folder());
      return of(process, scratch);
    } catch (IOException | InterruptedException e) {
      scratch.close();
      throw e;
    }
  }

  private static Target of(ServerProcess process, Scratch scratch) throws IOException {
    var credentials =
        new Credentials(ServerProcess.REGISTRATION_TOKEN, ServerProcess.BOOTSTRAP_TOKEN, null);
    try {
      return new Target(process.endpoint(), credentials, process, process.pid(), scratch);
    } catch (IOException e) {
      process.close();
      throw e;
    }
  }

  /** Fills a database that no server is using, and answers the token of one of its teams. */
  public interface Filler {
    String fill(Path database) throws IOException;
  }

  /** The same over a database that was made by a start of the server and then filled. */
  public static Target startFilled(Program program, Path work, Filler filler)
      throws IOException, InterruptedException {
    Scratch scratch = Scratch.in(work);
    ServerProcess.start(program, scratch.folder()).close();
    String token = filler.fill(ServerProcess.database(scratch.folder()));
    ServerProcess process = ServerProcess.start(program, scratch.folder());
    var credentials = new Credentials(ServerProcess.REGISTRATION_TOKEN, null, token);
    return new Target(process.endpoint(), credentials, process, process.pid(), scratch);
  }

  private String teamToken() throws IOException {
    String given = credentials.teamToken();
    if (given != null) {
      return given;
    }
    try (var entrance = new Entrance(connect())) {
      String bootstrap = credentials.bootstrapToken();
      return bootstrap != null
          ? entrance.bootstrapTeam("bench", bootstrap)
          : entrance.signUp("bench-" + session, "password-" + session);
    }
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  public Credentials credentials() {
    return credentials;
  }

  /** Not opened yet. */
  public HttpConnection connect() {
    return new HttpConnection(endpoint);
  }

  /** The team on a connection of its own. */
  public TeamClient team() {
    return new TeamClient(connect(), teamToken);
  }

  /** A new runner on a connection of its own. */
  public RunnerClient newRunner() throws IOException {
    return runner(newRunnerToken(1));
  }

  /** A new runner of this environment. */
  public RunnerClient newRunnerIn(String environment) throws IOException {
    try (var entrance = new Entrance(connect())) {
      String token =
          entrance.registerRunnerIn(
              environment, newName("runner"), credentials.registrationToken());
      return runner(token);
    }
  }

  /** A runner on one more connection. */
  public RunnerClient runner(String token) {
    return new RunnerClient(connect(), token);
  }

  /** Registers a runner that may hold so many runs at a time. */
  public String newRunnerToken(int maxConcurrent) throws IOException {
    try (var entrance = new Entrance(connect())) {
      return entrance.registerRunner(
          newName("runner"), maxConcurrent, credentials.registrationToken());
    }
  }

  /** A new app with a version of this script; answers its slug. */
  public String newApp(String script) throws IOException {
    String slug = newName("app");
    try (TeamClient team = team()) {
      team.createApp(slug, script);
    }
    return slug;
  }

  public String newName(String what) {
    return "bench-" + what + "-" + session + "-" + names.incrementAndGet();
  }

  /** What the server's process uses, if it is on this machine and known. */
  public Optional<ProcessUsage> usage() {
    return Optional.ofNullable(pid).map(ProcessUsage::of);
  }

  public Optional<Long> pid() {
    return Optional.ofNullable(pid);
  }

  /** The database's file, if this program started the server. */
  public Optional<Path> database() {
    return Optional.ofNullable(process).map(ServerProcess::database);
  }

  /** From the server's launch until it took requests, if this program started it. */
  public Optional<Double> startSeconds() {
    return Optional.ofNullable(process).map(ServerProcess::startSeconds);
  }

  public String metrics() throws IOException {
    try (var entrance = new Entrance(connect())) {
      return entrance.metrics();
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    if (scratch != null) {
      scratch.close();
    }
  }
}
