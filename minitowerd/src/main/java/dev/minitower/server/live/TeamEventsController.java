package dev.minitower.server.live;

import dev.minitower.server.events.Change;
import dev.minitower.server.events.EventStreams;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.runners.RunnerService;
import dev.minitower.server.runs.RunListService;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * All of a team's runs as they change, and for admins the runners. What changed while nobody
 * listened is not told: a page that connects again reads its lists again.
 */
@RestController
class TeamEventsController {
  private final EventStreams streams;
  private final RunListService runs;
  private final RunnerService runners;
  private final JsonMapper json;

  TeamEventsController(
      EventStreams streams, RunListService runs, RunnerService runners, JsonMapper json) {
    this.streams = streams;
    this.runs = runs;
    this.runners = runners;
    this.json = json;
  }

  @GetMapping(path = "/api/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void events(TeamPrincipal team, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    TeamEvents events =
        new TeamEvents(
            runId -> json.writeValueAsString(runs.withAttempts(team.teamId(), runId)),
            runnerId -> runners.find(runnerId).map(json::writeValueAsString));
    streams.open(request, response, events, change -> note(events, change, team));
  }

  private static boolean note(TeamEvents events, Change change, TeamPrincipal team) {
    if (change instanceof Change.RunChanged run && run.teamId() == team.teamId()) {
      events.runChanged(run.runId());
      return true;
    }
    if (change instanceof Change.RunnerChanged runner && team.isAdmin()) {
      events.runnerChanged(runner.runnerId());
      return true;
    }
    return false;
  }
}
