package dev.minitower.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.server.platform.settings.Settings;
import dev.minitower.server.platform.settings.SettingsReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts a server of its own and asks it what servers are asked, so that the class-data archive
 * that the launcher makes of it holds their classes. It talks to itself only, keeps its data in a
 * temporary folder, reads no settings, and ends in two minutes come what may.
 */
final class ArchiveTraining {
  private static final long MAX_MILLIS = 120_000;

  /** A profile of methods, which archives hold from Java 25 on, is made of repeated calls. */
  private static final int RUNS = 40;

  private static final String SECRET = "secret-of-the-archive-training";

  private final URI server;
  private final JsonMapper json = new JsonMapper();

  private ArchiveTraining(URI server) {
    this.server = server;
  }

  public static void main(String[] args) throws IOException {
    haltInTime();
    Path folder = Files.createTempDirectory("minitowerd-training");
    try (ConfigurableApplicationContext context =
        MinitowerdMain.start(settings(folder), List.of())) {
      String port = context.getEnvironment().getRequiredProperty("local.server.port");
      new ArchiveTraining(URI.create("http://127.0.0.1:" + port)).train();
    } finally {
      var unused = FileSystemUtils.deleteRecursively(folder);
    }
    // Threads of the server's last requests may linger.
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

  private static Settings settings(Path folder) {
    return SettingsReader.read(
        Map.of(
                "MINITOWER_LISTEN_ADDR",
                "127.0.0.1:0",
                "MINITOWER_DATA_DIR",
                folder.toString(),
                "MINITOWER_BOOTSTRAP_TOKEN",
                SECRET,
                "MINITOWER_RUNNER_REGISTRATION_TOKEN",
                SECRET)
            ::get);
  }

  private void train() throws IOException {
    var unused = get("/ready", null);
    var unusedPage = get("/", null);
    String team =
        post("/api/v1/bootstrap/team", SECRET, "{\"slug\":\"training\",\"name\":\"Training\"}")
            .path("token")
            .asString();
    String runner =
        post("/api/v1/runners/register", SECRET, "{\"name\":\"a\"}").path("token").asString();
    var unusedApp = post("/api/v1/apps", team, "{\"slug\":\"hello\"}");
    var unusedVersion = deploy(team);
    for (int i = 0; i < RUNS; i++) {
      oneRun(team, runner);
    }
    for (String path :
        List.of("me", "apps?stats=true", "runs?q=a", "runs/summary", "stats/queue")) {
      var unusedAnswer = get("/api/v1/" + path, team);
    }
    var unusedMetrics = get("/metrics", null);
  }

  private void oneRun(String team, String runner) throws IOException {
    var unusedRun = post("/api/v1/apps/hello/runs", team, "{\"input\":{\"name\":\"Ada\"}}");
    JsonNode lease = post("/api/v1/runs/lease?wait=1", runner, "{}");
    String run = "/api/v1/runs/" + lease.path("run_id").asLong();
    String holder = lease.path("lease_token").asString();
    var unusedStart = send("POST", run + "/start", runner, holder, "application/json", null);
    byte[] log =
        """
        {"logs":[{"seq":1,"stream":"stdout","line":"a","logged_at":"2026-01-01T00:00:00Z"}]}"""
            .getBytes(UTF_8);
    var unusedLog = send("POST", run + "/logs", runner, holder, "application/json", log);
    var unusedBeat = send("POST", run + "/heartbeat", runner, holder, "application/json", null);
    byte[] result = "{\"status\":\"completed\",\"exit_code\":0}".getBytes(UTF_8);
    var unusedEnd = send("POST", run + "/result", runner, holder, "application/json", result);
    var unusedGet = get(run, team);
    var unusedLines = get(run + "/logs", team);
  }

  private JsonNode deploy(String team) throws IOException {
    var body = new ByteArrayOutputStream();
    body.writeBytes(
        """
        --b\r
        Content-Disposition: form-data; name="artifact"; filename="a.tar.gz"\r
        \r
        """
            .getBytes(UTF_8));
    body.writeBytes(artifact());
    body.writeBytes("\r\n--b--\r\n".getBytes(UTF_8));
    return send(
        "POST",
        "/api/v1/apps/hello/versions",
        team,
        null,
        "multipart/form-data; boundary=b",
        body.toByteArray());
  }

  private static byte[] artifact() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
      add(tar, "Towerfile", "[app]\nname = \"hello\"\nscript = \"a.sh\"\n");
      add(tar, "a.sh", "true\n");
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(text.length());
    tar.putArchiveEntry(entry);
    tar.write(text.getBytes(UTF_8));
    tar.closeArchiveEntry();
  }

  private JsonNode get(String path, @Nullable String token) throws IOException {
    return send("GET", path, token, null, null, null);
  }

  private JsonNode post(String path, String token, String body) throws IOException {
    return send("POST", path, token, null, "application/json", body.getBytes(UTF_8));
  }

  private JsonNode send(
      String method,
      String path,
      @Nullable String token,
      @Nullable String lease,
      @Nullable String type,
      byte @Nullable [] body)
      throws IOException {
    var call = (HttpURLConnection) server.resolve(path).toURL().openConnection();
    call.setRequestMethod(method);
    set(call, "Authorization", token == null ? null : "Bearer " + token);
    set(call, "X-Lease-Token", lease);
    if (body != null) {
      set(call, "Content-Type", type);
      call.setDoOutput(true);
      call.getOutputStream().write(body);
    }
    // A jar that was built without the console has no page.
    boolean isMissing = call.getResponseCode() == HttpURLConnection.HTTP_NOT_FOUND;
    try (InputStream answer = isMissing ? call.getErrorStream() : call.getInputStream()) {
      byte[] bytes = answer.readAllBytes();
      boolean isJson = String.valueOf(call.getContentType()).startsWith("application/json");
      return isJson ? json.readTree(bytes) : json.createObjectNode();
    }
  }

  private static void set(HttpURLConnection call, String name, @Nullable String value) {
    if (value != null) {
      call.setRequestProperty(name, value);
    }
  }
}
