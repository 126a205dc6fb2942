package dev.minitower.server.runs;

import dev.minitower.model.api.AttemptResponse;
import dev.minitower.model.api.RunResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Runs as the team API shows them. */
@Component
class RunResponses {
  private final RunInputs inputs;

  RunResponses(RunInputs inputs) {
    this.inputs = inputs;
  }

  RunResponse of(Run run) {
    return of(run, null);
  }

  RunResponse of(Run run, @Nullable List<Attempt> attempts) {
    return new RunResponse(
        run.id(),
        run.appId(),
        run.appSlug(),
        run.runNo(),
        run.versionNo(),
        run.status(),
        inputs.parse(run.input()),
        run.priority(),
        run.maxRetries(),
        run.retryCount(),
        run.cancelRequested(),
        run.queuedAt(),
        run.startedAt(),
        run.finishedAt(),
        run.environment(),
        run.exitCode(),
        run.errorMessage(),
        run.errorClass(),
        attempts == null ? null : attempts.stream().map(RunResponses::of).toList());
  }

  private static AttemptResponse of(Attempt attempt) {
    return new AttemptResponse(
        attempt.id(),
        attempt.attemptNo(),
        attempt.status(),
        attempt.runnerName(),
        attempt.leasedAt(),
        attempt.startedAt(),
        attempt.finishedAt(),
        attempt.exitCode(),
        attempt.errorMessage(),
        attempt.errorClass());
  }
}
