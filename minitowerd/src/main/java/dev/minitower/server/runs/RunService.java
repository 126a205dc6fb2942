package dev.minitower.server.runs;

import dev.minitower.model.api.CreateRunRequest;
import dev.minitower.server.events.Change.RunCause;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.runs.RunTargets.Wanted;
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
  private final RunTargets targets;
  private final IdempotencyRepository keys;
  private final RunQueries queries;
  private final RunInputs inputs;
  private final RunChanges changes;
  private final InstantSource clock;

  RunService(
      Transactions transactions,
      RunRepository runs,
      RunTargets targets,
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
    Wanted wanted = new Wanted(team.teamId(), app, request.versionNo());
    Optional<Created> created = Optional.empty();
    while (created.isEmpty()) {
      RunTarget target = targets.find(wanted);
      NewRun run = newRun(request, target);
      created = transactions.write(() -> createOrFind(team, wanted, target, run, key));
      if (created.isEmpty()) {
        targets.forget(wanted, target);
      }
    }
    return created.get();
  }

  private NewRun newRun(CreateRunRequest request, RunTarget target) {
    return new NewRun(
        ENVIRONMENT,
        inputs.complete(request.input(), target.inputs()),
        request.priority() == null ? 0 : request.priority(),
        request.maxRetries() == null ? 0 : request.maxRetries());
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

  /** Empty if the target is no longer the newest version, which was wanted. */
  private Optional<Created> createOrFind(
      TeamPrincipal team,
      Wanted wanted,
      RunTarget target,
      NewRun run,
      @Nullable IdempotencyKey key) {
    Instant now = clock.instant();
    Optional<Run> earlier = madeBy(team, key, now);
    if (earlier.isPresent()) {
      return Optional.of(new Created(earlier.get(), false));
    }
    Optional<Integer> runNo = runs.takeRunNo(target, wanted.versionNo() == null);
    if (runNo.isEmpty() && runs.isDisabled(target.appId())) {
      throw ApiException.appDisabled(wanted.app());
    }
    return runNo.map(number -> new Created(queued(team, target, run, number, key, now), true));
  }

  private Run queued(
      TeamPrincipal team,
      RunTarget target,
      NewRun run,
      int runNo,
      @Nullable IdempotencyKey key,
      Instant now) {
    long runId = runs.insert(target, run, runNo, now);
    if (key != null
        && !keys.put(
            team.teamId(), key.key(), key.requestHash(), runId, now.minus(KEY_LIFE), now)) {
      throw new IllegalStateException("an idempotency key appeared inside a unit of work");
    }
    Run queued = Run.queued(runId, runNo, target, run, now);
    changes.tell(MovedRun.of(queued), RunCause.CREATED);
    return queued;
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
