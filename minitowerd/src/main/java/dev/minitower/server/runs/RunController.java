package dev.minitower.server.runs;

import dev.minitower.model.api.CreateRunRequest;
import dev.minitower.model.api.RunListResponse;
import dev.minitower.model.api.RunResponse;
import dev.minitower.model.api.RunSummaryResponse;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.platform.web.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** A team's runs: create, look at, cancel. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class RunController {
  private static final CreateRunRequest DEFAULTS = new CreateRunRequest(null, null, null, null);

  private final RunService runs;
  private final CancelService cancels;
  private final RunListService lists;
  private final RunResponses responses;
  private final JsonMapper json;

  RunController(
      RunService runs,
      CancelService cancels,
      RunListService lists,
      RunResponses responses,
      JsonMapper json) {
    this.runs = runs;
    this.cancels = cancels;
    this.lists = lists;
    this.responses = responses;
    this.json = json;
  }

  @PostMapping("/apps/{app}/runs")
  ResponseEntity<RunResponse> create(
      TeamPrincipal team,
      @PathVariable String app,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestBody(required = false) @Nullable CreateRunRequest body) {
    CreateRunRequest request = body == null ? DEFAULTS : body;
    IdempotencyKey idempotency =
        key == null ? null : IdempotencyKey.of(key, app + "\n" + json.writeValueAsString(request));
    RunService.Created created = runs.create(team, app, request, idempotency);
    return ResponseEntity.status(created.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(responses.of(created.run()));
  }

  @GetMapping("/apps/{app}/runs")
  RunListResponse listOfApp(
      TeamPrincipal team,
      @PathVariable String app,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String q,
      Page page) {
    return lists.list(team.teamId(), app, status, q, page);
  }

  @GetMapping("/runs")
  RunListResponse list(
      TeamPrincipal team,
      @RequestParam(required = false) @Nullable String app,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String q,
      Page page) {
    return lists.list(team.teamId(), app, status, q, page);
  }

  @GetMapping("/runs/summary")
  RunSummaryResponse summary(TeamPrincipal team) {
    return lists.summary(team.teamId());
  }

  @GetMapping("/runs/{run}")
  RunResponse get(TeamPrincipal team, @PathVariable("run") long runId) {
    return lists.withAttempts(team.teamId(), runId);
  }

  @PostMapping("/runs/{run}/cancel")
  RunResponse cancel(TeamPrincipal team, @PathVariable("run") long runId) {
    return responses.of(cancels.cancel(team.teamId(), runId));
  }
}
