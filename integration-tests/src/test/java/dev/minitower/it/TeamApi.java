package dev.minitower.it;

import dev.minitower.model.api.BootstrapTeamRequest;
import dev.minitower.model.api.CreateRunRequest;
import dev.minitower.model.api.LogEntryResponse;
import dev.minitower.model.api.LogListResponse;
import dev.minitower.model.api.RunResponse;
import dev.minitower.model.api.TeamTokenResponse;
import dev.minitower.model.lifecycle.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the control plane says about runs, read without any code of ours but the records. */
final class TeamApi {
  /** What people log in to the team with. */
  static final String PASSWORD = "correct horse battery";

  private static final Duration RUN_TIME = Duration.ofSeconds(90);

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();
  private final MinitowerServer server;
  private final String token;

  /** Makes the team, too. */
  TeamApi(MinitowerServer server) {
    this.server = server;
    var team = new BootstrapTeamRequest("team", "The team", PASSWORD);
    this.token =
        post("/bootstrap/team", MinitowerServer.BOOTSTRAP_TOKEN, team, TeamTokenResponse.class)
            .token();
  }

  String token() {
    return token;
  }

  RunResponse createRun(String app, Map<String, @Nullable Object> input, int maxRetries) {
    var request = new CreateRunRequest(input, null, null, maxRetries);
    return post("/apps/" + app + "/runs", token, request, RunResponse.class);
  }

  RunResponse run(long runId) {
    return get("/runs/" + runId, RunResponse.class);
  }

  RunResponse awaitEnd(long runId) {
    return Eventually.within(RUN_TIME)
        .see("run " + runId + " has ended", () -> run(runId), run -> run.status().isTerminal());
  }

  RunResponse awaitStatus(long runId, RunStatus status) {
    return Eventually.within(RUN_TIME)
        .see("run " + runId + " is " + status.code(), () -> run(runId), r -> r.status() == status);
  }

  /** Every line of one attempt. */
  List<LogEntryResponse> log(long runId, int attemptNo) {
    var all = new ArrayList<LogEntryResponse>();
    @Nullable Long after = 0L;
    while (after != null) {
      String query = "?limit=50000&attempt=" + attemptNo + "&after_seq=" + after;
      LogListResponse page = get("/runs/" + runId + "/logs" + query, LogListResponse.class);
      all.addAll(page.logs());
      after = page.nextAfterSeq();
    }
    return all;
  }

  List<String> lines(long runId, int attemptNo) {
    return log(runId, attemptNo).stream().map(LogEntryResponse::line).toList();
  }

  void awaitLine(long runId, int attemptNo, String line) {
    var unused =
        Eventually.within(RUN_TIME)
            .see(
                "'" + line + "' in the log of run " + runId,
                () -> run(runId).status() == RunStatus.QUEUED ? List.of() : lines(runId, attemptNo),
                lines -> lines.contains(line));
  }

  private <T> T get(String path, Class<T> type) {
    return send(request(path, token).GET().build(), type);
  }

  private <T> T post(String path, String bearer, Object body, Class<T> type) {
    HttpRequest request =
        request(path, bearer)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
            .build();
    return send(request, type);
  }

  private HttpRequest.Builder request(String path, String bearer) {
    return HttpRequest.newBuilder(URI.create(server.url() + "/api/v1" + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + bearer);
  }

  private <T> T send(HttpRequest request, Class<T> type) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new AssertionError(
            request.method()
                + " "
                + request.uri()
                + ": "
                + response.statusCode()
                + " "
                + response.body());
      }
      return json.readValue(response.body(), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
