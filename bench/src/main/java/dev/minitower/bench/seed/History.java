package dev.minitower.bench.seed;

import dev.minitower.bench.seed.RunTables.RunRow;
import dev.minitower.bench.seed.Tenants.Place;
import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.model.lifecycle.RunStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes up runs, oldest first: those that ended, then those that runners hold, then those that
 * wait. Ids are given in the order of queued_at, as the server gives them.
 */
final class History {
  private static final int OPEN_SHARE = 100;
  private static final List<AttemptStatus> HELD =
      List.of(AttemptStatus.RUNNING, AttemptStatus.LEASED, AttemptStatus.CANCELLING);

  /** One on the average. */
  private static final int[] CHUNKS = {0, 0, 0, 1, 1, 1, 2, 3};

  private final SeedPlan plan;
  private final Tenants tenants;
  private final Runners runners;
  private final SplittableRandom random;
  private final AttemptTimes times;
  private final PreparedLogs logs = new PreparedLogs();
  private final long until;
  private final int held;
  private final int tried;
  private final AttemptCounts counts;
  private long firstRunId;
  private long runId;
  private long chunkCount;

  History(SeedPlan plan, Tenants tenants, Runners runners, SplittableRandom random) {
    this.plan = plan;
    this.tenants = tenants;
    this.runners = runners;
    this.random = random;
    this.times = new AttemptTimes(random);
    this.until = plan.until().toEpochMilli();
    int open = plan.runs() / OPEN_SHARE;
    this.held = Math.min(open / 2, Runners.COUNT * Runners.SLOTS);
    this.tried = plan.runs() - open + held;
    this.counts = new AttemptCounts(random, tried, plan.attempts());
  }

  long firstRunId() {
    return firstRunId;
  }

  long runs() {
    return runId - firstRunId;
  }

  long attempts() {
    return tried == 0 ? 0 : plan.attempts();
  }

  long chunks() {
    return chunkCount;
  }

  void write(Connection connection) throws SQLException {
    firstRunId = Ids.next(connection, "runs");
    runId = firstRunId;
    try (RunTables tables = new RunTables(connection, new LeaseHashes(random, plan.attempts()))) {
      for (int i = 0; i < plan.runs(); i++) {
        List<String> environments = i < tried - held ? Tenants.ENVIRONMENTS : Tenants.OF_OPEN_RUNS;
        Place place = tenants.next(random, environments.get(i % environments.size()));
        if (i < tried) {
          tried(tables, place, queuedAt(i), i - (tried - held));
        } else {
          waiting(tables, place, queuedAt(i));
        }
      }
      for (Map.Entry<String, Integer> queue : new TreeMap<>(plan.queued()).entrySet()) {
        for (int i = 0; i < queue.getValue(); i++) {
          waiting(tables, tenants.next(random, queue.getKey()), until);
        }
      }
      tables.flush();
      chunkCount = tables.chunkCount();
    }
  }

  /** Late enough for the span, and so early that even the last one's attempts are over by now. */
  private long queuedAt(int index) {
    long from = until - plan.span().toMillis();
    long reach = plan.span().toMillis() - counts.most() * AttemptTimes.LONGEST;
    return from + (long) ((double) reach * index / plan.runs());
  }

  private void waiting(RunTables tables, Place place, long queuedAt) throws SQLException {
    RunRow run =
        new RunRow(
            RunStatus.QUEUED.code(),
            Texts.input(random),
            priority(),
            random.nextInt(4),
            0,
            0,
            false,
            queuedAt,
            null,
            null);
    tables.run(runId++, place, run);
  }

  private int priority() {
    return random.nextInt(20) == 0 ? random.nextInt(-10, 11) : 0;
  }

  /** A run with attempts; {@code heldIndex} counts those that are held from 0, ended are below. */
  private void tried(RunTables tables, Place place, long queuedAt, int heldIndex)
      throws SQLException {
    RunStatus status = heldIndex < 0 ? endStatus() : held(heldIndex);
    List<AttemptRow> attempts = attempts(status, queuedAt, heldIndex);
    AttemptRow last = attempts.get(attempts.size() - 1);
    int lost = (int) attempts.stream().filter(AttemptRow::spentRetry).count();
    // The last lease of a dead run went over with no retry left.
    int retries = status == RunStatus.DEAD ? lost - 1 : lost;
    int spare = status == RunStatus.DEAD ? 0 : random.nextInt(3);
    boolean cancel = status == RunStatus.CANCELLED || status == RunStatus.CANCELLING;
    RunRow run =
        new RunRow(
            status.code(),
            Texts.input(random),
            priority(),
            retries + spare,
            retries,
            attempts.size(),
            cancel,
            queuedAt,
            firstStart(attempts),
            last.finishedAt());
    tables.run(runId, place, run);
    int runner = heldIndex < 0 ? random.nextInt(Runners.COUNT) : heldIndex % Runners.COUNT;
    for (int i = 0; i < attempts.size(); i++) {
      boolean isLast = i == attempts.size() - 1;
      write(tables, attempts.get(i), i + 1, isLast ? runner : (runner + i) % Runners.COUNT);
    }
    runId++;
  }

  private static @Nullable Long firstStart(List<AttemptRow> attempts) {
    for (AttemptRow attempt : attempts) {
      if (attempt.startedAt() != null) {
        return attempt.startedAt();
      }
    }
    return null;
  }

  private RunStatus endStatus() {
    int kind = random.nextInt(100);
    if (kind < 84) {
      return RunStatus.COMPLETED;
    }
    if (kind < 92) {
      return RunStatus.FAILED;
    }
    return kind < 96 ? RunStatus.CANCELLED : RunStatus.DEAD;
  }

  private static RunStatus held(int index) {
    return RunStatus.of(HELD.get(index % HELD.size()).code());
  }

  private List<AttemptRow> attempts(RunStatus status, long queuedAt, int heldIndex) {
    int count = counts.next();
    List<AttemptRow> attempts = new ArrayList<>(count);
    long at = queuedAt + 5 + random.nextInt(500);
    for (int i = 1; i < count; i++) {
      AttemptRow lost = times.expired(at, true);
      attempts.add(lost);
      at = Objects.requireNonNull(lost.finishedAt()) + 5 + random.nextInt(300);
    }
    attempts.add(
        heldIndex < 0
            ? times.last(status, at, runId)
            : times.held(HELD.get(heldIndex % HELD.size()), Math.max(at, until - 5_000), until));
    return attempts;
  }

  private void write(RunTables tables, AttemptRow attempt, int no, int runner) throws SQLException {
    List<PreparedLogs.Chunk> chunks = logsOf(attempt);
    long lines = chunks.stream().mapToLong(PreparedLogs.Chunk::lines).sum();
    long id = tables.attempt(runId, no, runners.id(runner), Runners.name(runner), attempt, lines);
    long next = 1;
    for (PreparedLogs.Chunk chunk : chunks) {
      tables.chunk(id, next, chunk);
      next += chunk.lines();
    }
  }

  /** None of an attempt that did not start. */
  private List<PreparedLogs.Chunk> logsOf(AttemptRow attempt) {
    Long startedAt = attempt.startedAt();
    if (startedAt == null) {
      return List.of();
    }
    int count = CHUNKS[random.nextInt(CHUNKS.length)];
    List<PreparedLogs.Chunk> chunks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chunks.add(logs.at(startedAt, random.nextInt(PreparedLogs.sizes())));
    }
    return chunks;
  }
}
