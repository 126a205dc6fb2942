package dev.minitower.server.runs;

import dev.minitower.model.api.LeaseStateResponse;
import dev.minitower.model.api.LogBatchRequest;
import dev.minitower.model.api.ReleaseRequest;
import dev.minitower.model.api.ResultRequest;
import dev.minitower.model.api.StatusResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a runner says about the run it holds. */
@RestController
@RequestMapping(path = "/api/v1/runs/{run}", produces = MediaType.APPLICATION_JSON_VALUE)
class AttemptController {
  private static final StatusResponse OK = new StatusResponse("ok");

  private final AttemptService attempts;
  private final LogService logs;

  AttemptController(AttemptService attempts, LogService logs) {
    this.attempts = attempts;
    this.logs = logs;
  }

  @PostMapping("/start")
  LeaseStateResponse start(LeaseHolder holder) {
    return attempts.start(holder);
  }

  @PostMapping("/heartbeat")
  LeaseStateResponse heartbeat(LeaseHolder holder) {
    return attempts.heartbeat(holder);
  }

  @PostMapping("/logs")
  StatusResponse logs(LeaseHolder holder, @RequestBody LogBatchRequest batch) {
    logs.append(holder, batch.logs());
    return OK;
  }

  @PostMapping("/result")
  StatusResponse result(LeaseHolder holder, @RequestBody ResultRequest result) {
    attempts.result(holder, result);
    return OK;
  }

  @PostMapping("/release")
  StatusResponse release(
      LeaseHolder holder, @RequestBody(required = false) @Nullable ReleaseRequest request) {
    attempts.release(holder, request == null ? new ReleaseRequest(null) : request);
    return OK;
  }
}
