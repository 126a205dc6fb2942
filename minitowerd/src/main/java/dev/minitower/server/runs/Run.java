package dev.minitower.server.runs;

import dev.minitower.model.lifecycle.ErrorClass;
import dev.minitower.model.lifecycle.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run's row with the names around it.
 *
 * @param input the input as JSON, defaults filled in; null if the run has none
 * @param exitCode of the last attempt, once the run is terminal; so is {@code errorMessage}
 * @param errorClass of the last attempt, if the run failed or is dead and somebody said it
 */
record Run(
    long id,
    long teamId,
    String teamSlug,
    long appId,
    String appSlug,
    int runNo,
    int versionNo,
    String environment,
    RunStatus status,
    @Nullable String input,
    int priority,
    int maxRetries,
    int retryCount,
    boolean cancelRequested,
    Instant queuedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Integer exitCode,
    @Nullable String errorMessage,
    @Nullable ErrorClass errorClass) {

  /** As it was queued just now. */
  static Run queued(long id, int runNo, RunTarget target, NewRun run, Instant now) {
    return new Run(
        id,
        target.teamId(),
        target.teamSlug(),
        target.appId(),
        target.appSlug(),
        runNo,
        target.versionNo(),
        run.environment(),
        RunStatus.QUEUED,
        run.input(),
        run.priority(),
        run.maxRetries(),
        0,
        false,
        now,
        null,
        null,
        null,
        null,
        null);
  }
}
