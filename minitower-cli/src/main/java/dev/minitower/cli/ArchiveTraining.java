package dev.minitower.cli;

import com.sun.net.httpserver.HttpServer;
import dev.minitower.cli.platform.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Does once what commands do, so that the class-data archive that the launcher makes of it holds
 * their classes: help, a call with a table, a refused one. It talks to itself only and reads no
 * settings.
 */
final class ArchiveTraining {
  private static final String RUNS =
      """
      {"runs":[{"run_id":1,"app_slug":"a","status":"completed","queued_at":"2026-01-01T00:00:00Z",\
      "started_at":"2026-01-01T00:00:00Z","finished_at":"2026-01-01T00:00:01.5Z"}]}""";

  private ArchiveTraining() {}

  public static void main(String[] args) throws IOException {
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(anyPort, 0);
    server.createContext(
        "/",
        exchange -> {
          boolean known = exchange.getRequestURI().getPath().equals("/api/v1/runs");
          byte[] body = (known ? RUNS : "{\"error\":{}}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    Surroundings surroundings = surroundings("http://127.0.0.1:" + server.getAddress().getPort());
    for (String line : new String[] {"--help", "deploy --help", "runs list", "me", "fly"}) {
      var unused = CliMain.run(surroundings, line.split(" "));
    }
    server.stop(0);
  }

  private static Surroundings surroundings(String server) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Surroundings(
        Map.of(
            "MINITOWER_SERVER_URL",
            server,
            "MINITOWER_API_TOKEN",
            "none",
            "MINITOWER_CLI_CONFIG",
            Path.of("/nonexistent/config.json").toString()),
        new Surroundings.Streams(InputStream.nullInputStream(), nowhere, nowhere, false, false),
        question -> Optional.empty(),
        question -> Optional.empty(),
        InstantSource.system(),
        duration -> {},
        lastWord -> () -> {});
  }
}
