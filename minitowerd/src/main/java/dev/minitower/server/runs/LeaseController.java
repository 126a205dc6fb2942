package dev.minitower.server.runs;

import dev.minitower.model.api.LeaseRequest;
import dev.minitower.model.api.LeaseResponse;
import dev.minitower.server.platform.auth.RunnerPrincipal;
import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.platform.web.ClientConnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.json.JsonMapper;

/** Hands out runs, at once or as soon as there is one. */
@RestController
class LeaseController {
  private static final int MAX_WAIT_SECONDS = 60;

  private final LeaseWaiters waiters;
  private final JsonMapper json;

  LeaseController(LeaseWaiters waiters, JsonMapper json) {
    this.waiters = waiters;
    this.json = json;
  }

  /** Null if it could be answered at once: a request that never waits is handled in one go. */
  @PostMapping(path = "/api/v1/runs/lease", produces = MediaType.APPLICATION_JSON_VALUE)
  @Nullable DeferredResult<ResponseEntity<LeaseResponse>> lease(
      RunnerPrincipal runner,
      @RequestParam(name = "wait", defaultValue = "0") int waitSeconds,
      @RequestBody(required = false) @Nullable LeaseRequest body,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (waitSeconds < 0 || waitSeconds > MAX_WAIT_SECONDS) {
      throw ApiException.invalidField(
          "wait", "must be an integer from 0 to %d".formatted(MAX_WAIT_SECONDS));
    }
    var lease =
        waiters.await(
            new LeaseService.Wish(runner, body == null ? null : body.leaseToken()),
            Duration.ofSeconds(waitSeconds),
            ClientConnection.of(request));
    if (lease.isDone() && !lease.isCompletedExceptionally()) {
      answer(lease.join(), response);
      return null;
    }
    return later(lease);
  }

  private void answer(Optional<LeaseResponse> lease, HttpServletResponse response)
      throws IOException {
    if (lease.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    byte[] body = json.writeValueAsBytes(lease.get());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static DeferredResult<ResponseEntity<LeaseResponse>> later(
      CompletableFuture<Optional<LeaseResponse>> lease) {
    DeferredResult<ResponseEntity<LeaseResponse>> answer = new DeferredResult<>();
    var unused =
        lease
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
