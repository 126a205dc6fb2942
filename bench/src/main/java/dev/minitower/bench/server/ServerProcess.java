package dev.minitower.bench.server;

import dev.minitower.bench.http.Endpoint;
import dev.minitower.bench.http.HttpConnection;
import dev.minitower.bench.protocol.Entrance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

/** A server of our own on a free port, with a data folder of its own. */
final class ServerProcess implements AutoCloseable {
  static final String BOOTSTRAP_TOKEN = "bootstrap-token-of-the-bench";
  static final String REGISTRATION_TOKEN = "registration-token-of-the-bench";
  private static final int START_SECONDS = 90;

  private final OwnProcess process;
  private final Endpoint endpoint;
  private final Path folder;
  private double startSeconds;

  private ServerProcess(OwnProcess process, Endpoint endpoint, Path folder) {
    this.process = process;
    this.endpoint = endpoint;
    this.folder = folder;
  }

  /** Returns when it takes requests. */
  static ServerProcess start(Program program, Path folder)
      throws IOException, InterruptedException {
    var endpoint = new Endpoint("127.0.0.1", freePort());
    long began = System.nanoTime();
    OwnProcess process = OwnProcess.start(program, folder, "server", settings(endpoint, folder));
    var server = new ServerProcess(process, endpoint, folder);
    try {
      server.awaitReady(began);
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Map<String, String> settings(Endpoint endpoint, Path folder) {
    return Map.of(
        "MINITOWER_LISTEN_ADDR",
        endpoint.host() + ":" + endpoint.port(),
        "MINITOWER_DATA_DIR",
        folder.resolve("data").toString(),
        "MINITOWER_DB_PATH",
        database(folder).toString(),
        "MINITOWER_BOOTSTRAP_TOKEN",
        BOOTSTRAP_TOKEN,
        "MINITOWER_RUNNER_REGISTRATION_TOKEN",
        REGISTRATION_TOKEN);
  }

  /** Where a server of that folder keeps its database. */
  static Path database(Path folder) {
    return folder.resolve("data").resolve("minitower.db");
  }

  private void awaitReady(long began) throws IOException, InterruptedException {
    long deadline = began + START_SECONDS * 1_000_000_000L;
    try (var entrance = new Entrance(new HttpConnection(endpoint))) {
      while (!entrance.isReady()) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("the server did not start:\n" + process.lastWords());
        }
        Thread.sleep(5);
      }
    }
    startSeconds = (System.nanoTime() - began) / 1e9;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  long pid() {
    return process.pid();
  }

  /** From its launch until it took requests. */
  double startSeconds() {
    return startSeconds;
  }

  /** The database's file; the WAL lies beside it. */
  Path database() {
    return database(folder);
  }

  @Override
  public void close() {
    process.close();
  }
}
