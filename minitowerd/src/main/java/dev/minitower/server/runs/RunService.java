package dev.minitower.server.runs;

import dev.minitower.model.api.CreateRunRequest;
import dev.minitower.server.events.Change.RunCause;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Makes runs. */
@Service
class RunService {
  private static final String ENVIRONMENT = "default";
  private static final Duration KEY_LIFE = Duration.ofHours(24);
  private static final int FORGET_BATCH = 1_000;

  private final Transactions transactions;
  private final RunRepository runs;
  private final RunTargetRepository targets;
  private final IdempotencyRepository keys;
  private final RunQueries queries;
  private final RunInputs inputs;
  private final RunChanges changes;
  private final InstantSource clock;

  RunService(
      Transactions transactions,
      RunRepository runs,
      RunTargetRepository targets,
      IdempotencyRepository keys,
      RunQueries queries,
      RunInputs inputs,
      RunChanges changes,
      InstantSource clock) {
    this.transactions = transactions;
    this.runs = runs;
    this.targets = targets;
    this.keys = keys;
    this.queries = queries;
    this.inputs = inputs;
    this.changes = changes;
    this.clock = clock;
  }

  /** The run, and whether this very request made it. */
  record Created(Run run, boolean isNew) {}

  /** Queues a run of the app; the same key and request again give the run that is there. */
  Created create(
      TeamPrincipal team, String app, CreateRunRequest request, @Nullable IdempotencyKey key) {
    // A repeat is answered by what the first request made, whatever has changed since.
    Optional<Run> earlier =
        key == null
            ? Optional.empty()
            : transactions.read(() -> madeBy(team, key, clock.instant()));
    if (earlier.isPresent()) {
      return new Created(earlier.get(), false);
    }
    RunTarget target = target(team.teamId(), app, request.versionNo());
    NewRun run =
        new NewRun(
            ENVIRONMENT,
            inputs.complete(request.input(), target.paramsSchema()),
            request.priority() == null ? 0 : request.priority(),
            request.maxRetries() == null ? 0 : request.maxRetries());
    return transactions.write(() -> createOrFind(team, app, target, run, key));
  }

  private RunTarget target(long teamId, String app, @Nullable Integer versionNo) {
    return targets
        .find(teamId, app, versionNo)
        .orElseThrow(
            () -> {
              if (targets.appId(teamId, app).isEmpty()) {
                return ApiException.notFound("app");
              }
              return versionNo == null
                  ? ApiException.noVersion(app)
                  : ApiException.notFound("version " + versionNo);
            });
  }

  private Optional<Run> madeBy(TeamPrincipal team, @Nullable IdempotencyKey key, Instant now) {
    if (key == null) {
      return Optional.empty();
    }
    return keys.find(team.teamId(), key.key(), now.minus(KEY_LIFE))
        .map(
            used -> {
              if (!used.requestHash().equals(key.requestHash())) {
                throw ApiException.idempotencyMismatch();
              }
              return queries.get(used.runId());
            });
  }

  private Created createOrFind(
      TeamPrincipal team, String app, RunTarget target, NewRun run, @Nullable IdempotencyKey key) {
    Instant now = clock.instant();
    Optional<Run> earlier = madeBy(team, key, now);
    if (earlier.isPresent()) {
      return new Created(earlier.get(), false);
    }
    int runNo = runs.takeRunNo(target.appId()).orElseThrow(() -> ApiException.appDisabled(app));
    long runId = runs.insert(target, run, runNo, now);
    if (key != null
        && !keys.put(
            team.teamId(), key.key(), key.requestHash(), runId, now.minus(KEY_LIFE), now)) {
      throw new IllegalStateException("an idempotency key appeared inside a unit of work");
    }
    Run queued = Run.queued(runId, runNo, target, run, now);
    changes.tell(MovedRun.of(queued), RunCause.CREATED);
    return new Created(queued, true);
  }

  /** Forgets idempotency keys that no longer count; returns how many. */
  @Scheduled(fixedDelay = 600_000)
  int forgetOldKeys() {
    Instant notBefore = clock.instant().minus(KEY_LIFE);
    int forgotten = 0;
    int batch = FORGET_BATCH;
    while (batch == FORGET_BATCH) {
      batch = transactions.write(() -> keys.deleteBefore(notBefore, FORGET_BATCH));
      forgotten += batch;
    }
    return forgotten;
  }
}
