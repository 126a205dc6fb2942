package dev.minitower.server.stats;

import dev.minitower.model.api.QueueStatsResponse;
import dev.minitower.model.api.RunStatsResponse;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.platform.web.ApiException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Figures over a team's runs. */
@RestController
@RequestMapping(path = "/api/v1/stats", produces = MediaType.APPLICATION_JSON_VALUE)
final class StatsController {
  private static final int MAX_HOURS = 168;

  private final StatsService stats;

  StatsController(StatsService stats) {
    this.stats = stats;
  }

  @GetMapping("/runs")
  RunStatsResponse runs(
      TeamPrincipal team,
      @RequestParam(defaultValue = "24") int hours,
      @RequestParam(required = false) @Nullable String app) {
    if (hours < 1 || hours > MAX_HOURS) {
      throw ApiException.invalidField(
          "hours", "must be an integer from 1 to %d".formatted(MAX_HOURS));
    }
    return stats.runs(team.teamId(), app, hours);
  }

  @GetMapping("/queue")
  QueueStatsResponse queue(TeamPrincipal team) {
    return stats.queue(team.teamId());
  }
}
