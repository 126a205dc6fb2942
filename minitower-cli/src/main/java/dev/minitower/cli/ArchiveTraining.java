package dev.minitower.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.minitower.cli.platform.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Does once what commands do, so that the class-data archive that the launcher makes of it holds
 * their classes: help, calls with a table, with one thing and with a refusal. It talks to itself
 * only and reads no settings.
 */
final class ArchiveTraining {
  private static final Map<String, String> ANSWERS =
      Map.of(
          "/api/v1/runs",
          """
          {"runs":[{"run_id":1,"app_slug":"a","status":"completed","queued_at":"2026-01-01T00:00:00Z",\
          "started_at":"2026-01-01T00:00:00Z","finished_at":"2026-01-01T00:00:01.5Z"}]}""",
          "/api/v1/me",
          "{\"team_slug\":\"a\",\"role\":\"admin\",\"token_id\":1}");

  private static final List<String> LINES =
      List.of("--help", "deploy --help", "runs list", "runs get 1", "me", "fly");

  private ArchiveTraining() {}

  public static void main(String[] args) throws IOException {
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(anyPort, 0);
    server.createContext("/", ArchiveTraining::answer);
    server.start();
    Surroundings surroundings = surroundings("http://127.0.0.1:" + server.getAddress().getPort());
    for (String line : LINES) {
      var unused = CliMain.run(surroundings, line.split(" "));
    }
    validate(surroundings);
    server.stop(0);
  }

  /** A project of its own: the folder that the launcher was called in may hold anything. */
  private static void validate(Surroundings surroundings) throws IOException {
    Path folder = Files.createTempDirectory("minitower-cli-training");
    Path towerfile = folder.resolve("Towerfile");
    Path script = folder.resolve("main.sh");
    try {
      Files.writeString(towerfile, "[app]\nname = \"a\"\nscript = \"./main.sh\"\n");
      Files.writeString(script, "true\n");
      var unused = CliMain.run(surroundings, "validate", "--dir", folder.toString());
    } finally {
      Files.deleteIfExists(towerfile);
      Files.deleteIfExists(script);
      Files.delete(folder);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String known = ANSWERS.get(exchange.getRequestURI().getPath());
    byte[] body = (known == null ? "{\"error\":{}}" : known).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(known == null ? 404 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** The process's own, for its classes, with other streams and no settings. */
  private static Surroundings surroundings(String server) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Surroundings own = Surroundings.ofProcess();
    return new Surroundings(
        Map.of(
            "MINITOWER_SERVER_URL",
            server,
            "MINITOWER_API_TOKEN",
            "none",
            "MINITOWER_CLI_CONFIG",
            Path.of("/nonexistent/config.json").toString()),
        new Surroundings.Streams(
            InputStream.nullInputStream(), nowhere, nowhere, false, false, () -> 80),
        own.passwordPrompt(),
        own.linePrompt(),
        own.clock(),
        own.pause(),
        own.interrupts());
  }
}
