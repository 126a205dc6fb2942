package dev.minitower.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code minitowerd} on a free port and a data folder of its own, both kept over restarts. */
final class MinitowerServer {
  static final String BOOTSTRAP_TOKEN = "bootstrap-token-of-the-tests";
  static final String REGISTRATION_TOKEN = "registration-token-of-the-tests";
  private static final Duration START_TIME = Duration.ofSeconds(90);
  private static final Duration STOP_TIME = Duration.ofSeconds(30);

  private final Path folder;
  private final int port;
  private final String leaseTtl;
  private final List<String> begunBy;
  private JarProcess process;

  private MinitowerServer(Path folder, int port, String leaseTtl, List<String> begunBy) {
    this.folder = folder;
    this.port = port;
    this.leaseTtl = leaseTtl;
    this.begunBy = begunBy;
    this.process = launch();
  }

  /** Returns when it is ready. */
  static MinitowerServer start(Path folder, String leaseTtl) {
    return startBy(List.of(), folder, leaseTtl);
  }

  /** The same, begun by another program that becomes it, or watches it. */
  static MinitowerServer startBy(List<String> program, Path folder, String leaseTtl) {
    var server = new MinitowerServer(folder, freePort(), leaseTtl, program);
    server.awaitReady();
    return server;
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A second one with the settings of this, except for these; not waited for. */
  JarProcess launchAnother(String log, Map<String, String> changed) {
    Map<String, String> settings = settings();
    settings.putAll(changed);
    return JarProcess.start("minitowerd", folder, log, settings, List.of());
  }

  private JarProcess launch() {
    return JarProcess.startBy(begunBy, "minitowerd", folder, "server", settings());
  }

  private Map<String, String> settings() {
    var settings = new HashMap<String, String>();
    settings.put("MINITOWER_LISTEN_ADDR", "127.0.0.1:" + port);
    settings.put("MINITOWER_DATA_DIR", dataDir().toString());
    settings.put("MINITOWER_BOOTSTRAP_TOKEN", BOOTSTRAP_TOKEN);
    settings.put("MINITOWER_RUNNER_REGISTRATION_TOKEN", REGISTRATION_TOKEN);
    settings.put("MINITOWER_PUBLIC_SIGNUP_ENABLED", "true");
    settings.put("MINITOWER_LEASE_TTL", leaseTtl);
    settings.put("MINITOWER_EXPIRY_CHECK_INTERVAL", "500ms");
    return settings;
  }

  private void awaitReady() {
    boolean ready =
        Eventually.within(START_TIME)
            .see("server ready", () -> !process.isAlive() || isReady(), done -> done);
    if (!ready || !process.isAlive()) {
      throw new AssertionError("the server did not start:\n" + process.err() + process.out());
    }
  }

  private boolean isReady() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/ready")).timeout(Duration.ofSeconds(5)).build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  Path dataDir() {
    return folder.resolve("data");
  }

  Path database() {
    return dataDir().resolve("minitower.db");
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void killHard() {
    process.killHard();
  }

  /** SIGTERM; the exit code. */
  int stop() {
    process.terminate();
    return process.awaitExit(STOP_TIME);
  }

  /** Starts again on the same port and files after {@link #killHard} or {@link #stop}. */
  void startAgain() {
    if (process.isAlive()) {
      throw new IllegalStateException("the server is still there");
    }
    process = launch();
    awaitReady();
  }
}
