package dev.minitower.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.minitower.runner.files.FileTrees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import picocli.CommandLine;

/**
 * Takes one run from a control plane of its own, so that the class-data archive that the launcher
 * makes of it holds the classes of a runner at work. It talks to itself only, keeps its data in a
 * temporary folder, reads no settings, and ends in two minutes come what may.
 */
final class ArchiveTraining {
  private static final long MAX_MILLIS = 120_000;
  private static final String LEASE =
      """
      {"run_id":1,"run_no":1,"app_id":1,"app_slug":"a","version_no":1,"entrypoint":"a.sh",\
      "timeout_seconds":60,"input":{"name":"Ada"},"attempt_id":1,"attempt_no":1,\
      "lease_token":"TOKEN","lease_expires_at":"2100-01-01T00:00:00Z","lease_ttl_seconds":60}""";
  private static final String LEASE_STATE =
      """
      {"attempt_id":1,"attempt_no":1,"status":"running","lease_expires_at":"2100-01-01T00:00:00Z",\
      "lease_ttl_seconds":60,"cancel_requested":false,"run_status":"running"}""";

  private final AtomicBoolean isLeased = new AtomicBoolean();
  private final Runner runner;

  private ArchiveTraining(Runner runner) {
    this.runner = runner;
  }

  public static void main(String[] args) throws Exception {
    haltInTime();
    Path folder = Files.createTempDirectory("minitower-runner-training");
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(anyPort, 0);
    server.setExecutor(Executors.newCachedThreadPool());
    try {
      var unused = new CommandLine(new RunnerMain()).execute("--version");
      OneLineFormatter.install();
      var runner = new Runner(settings(server, folder), "training");
      StopSignals.handle(runner::signalled);
      server.createContext("/", new ArchiveTraining(runner)::answer);
      server.start();
      runner.run();
    } finally {
      server.stop(0);
      FileTrees.delete(folder);
    }
    System.exit(0);
  }

  private static void haltInTime() {
    Thread bound =
        new Thread(
            () -> {
              try {
                Thread.sleep(MAX_MILLIS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(1);
            },
            "bound");
    bound.setDaemon(true);
    bound.start();
  }

  private static RunnerSettings settings(HttpServer server, Path folder)
      throws InvalidSettingException {
    return new SettingsReader(
            Map.of(
                "MINITOWER_SERVER_URL", "http://127.0.0.1:" + server.getAddress().getPort(),
                "MINITOWER_RUNNER_REGISTRATION_TOKEN", "secret-of-the-archive-training",
                "MINITOWER_RUNNER_NAME", "training",
                "MINITOWER_UV_BIN", "none",
                "MINITOWER_MIN_FREE_SPACE", "0",
                "MINITOWER_DATA_DIR", folder.toString()))
        .read();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] request = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "register" -> send(exchange, 201, "{\"runner_id\":1,\"name\":\"a\",\"token\":\"a\"}");
      case "lease" -> lease(exchange, new String(request, UTF_8));
      case "start", "heartbeat" -> send(exchange, 200, LEASE_STATE);
      case "artifact" -> send(exchange, 200, artifact());
      case "result" -> {
        send(exchange, 200, "{\"status\":\"ok\"}");
        runner.stop();
      }
      default -> send(exchange, 200, "{\"status\":\"ok\"}");
    }
  }

  private void lease(HttpExchange exchange, String request) throws IOException {
    if (isLeased.getAndSet(true)) {
      send(exchange, 204, "");
    } else {
      send(
          exchange,
          200,
          LEASE.replace("TOKEN", request.replaceAll(".*\"lease_token\":\"|\".*", "")));
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, text.getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] artifact() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
      byte[] script = "echo $name\n".getBytes(UTF_8);
      var entry = new TarArchiveEntry("a.sh");
      entry.setSize(script.length);
      tar.putArchiveEntry(entry);
      tar.write(script);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
