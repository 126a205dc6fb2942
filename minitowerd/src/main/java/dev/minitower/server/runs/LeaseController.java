package dev.minitower.server.runs;

import dev.minitower.model.api.LeaseRequest;
import dev.minitower.model.api.LeaseResponse;
import dev.minitower.server.platform.auth.RunnerPrincipal;
import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.platform.web.ClientConnection;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Hands out runs, at once or as soon as there is one. */
@RestController
class LeaseController {
  private static final int MAX_WAIT_SECONDS = 60;

  private final LeaseWaiters waiters;

  LeaseController(LeaseWaiters waiters) {
    this.waiters = waiters;
  }

  @PostMapping(path = "/api/v1/runs/lease", produces = MediaType.APPLICATION_JSON_VALUE)
  DeferredResult<ResponseEntity<LeaseResponse>> lease(
      RunnerPrincipal runner,
      @RequestParam(name = "wait", defaultValue = "0") int waitSeconds,
      @RequestBody(required = false) @Nullable LeaseRequest request,
      HttpServletRequest servletRequest) {
    if (waitSeconds < 0 || waitSeconds > MAX_WAIT_SECONDS) {
      throw ApiException.invalidField(
          "wait", "must be an integer from 0 to %d".formatted(MAX_WAIT_SECONDS));
    }
    String token = request == null ? null : request.leaseToken();
    DeferredResult<ResponseEntity<LeaseResponse>> answer = new DeferredResult<>();
    var unused =
        waiters
            .await(
                new LeaseService.Wish(runner, token),
                Duration.ofSeconds(waitSeconds),
                ClientConnection.of(servletRequest))
            .thenApply(LeaseController::response)
            .whenComplete(
                (response, failure) -> {
                  boolean unusedToo =
                      failure == null ? answer.setResult(response) : answer.setErrorResult(failure);
                });
    return answer;
  }

  private static ResponseEntity<LeaseResponse> response(Optional<LeaseResponse> lease) {
    return lease.map(ResponseEntity::ok).orElseGet(() -> ResponseEntity.noContent().build());
  }
}
