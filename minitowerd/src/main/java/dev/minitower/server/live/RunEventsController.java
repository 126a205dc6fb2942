package dev.minitower.server.live;

import dev.minitower.server.events.Change;
import dev.minitower.server.events.EventStreams;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.runs.RunHistory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** One run as it happens: its changes, its lines, its end. */
@RestController
class RunEventsController {
  private final EventStreams streams;
  private final RunHistory history;
  private final JsonMapper json;

  RunEventsController(EventStreams streams, RunHistory history, JsonMapper json) {
    this.streams = streams;
    this.history = history;
    this.json = json;
  }

  @GetMapping(path = "/api/v1/runs/{run}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void events(
      TeamPrincipal team,
      @PathVariable("run") long runId,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    RunHistory.Position position = RunHistory.Position.after(lastEventId);
    history.requireRun(team.teamId(), runId);
    streams.open(
        request,
        response,
        new RunEvents(history, json, team.teamId(), runId, position),
        change -> concerns(change, runId));
  }

  private static boolean concerns(Change change, long runId) {
    return (change instanceof Change.RunChanged run && run.runId() == runId)
        || (change instanceof Change.LogsAdded logs && logs.runId() == runId);
  }
}
