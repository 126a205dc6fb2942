package dev.minitower.server.runs;

import dev.minitower.model.lifecycle.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run as the very statement left it that moved it: what others are told. */
record MovedRun(
    long id,
    long teamId,
    String teamSlug,
    String appSlug,
    String environment,
    RunStatus status,
    Instant queuedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  static MovedRun of(Run run) {
    return new MovedRun(
        run.id(),
        run.teamId(),
        run.teamSlug(),
        run.appSlug(),
        run.environment(),
        run.status(),
        run.queuedAt(),
        run.startedAt(),
        run.finishedAt());
  }
}
