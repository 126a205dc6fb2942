package dev.minitower.bench.seed;

import dev.minitower.bench.seed.Tenants.Place;
import dev.minitower.model.lifecycle.ErrorClass;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The three big tables. */
final class RunTables implements AutoCloseable {
  private static final long DEADLINE = 3_600_000;

  private final Insert runs;
  private final Insert attempts;
  private final Insert chunks;
  private final LeaseHashes hashes;
  private long attemptId;
  private long chunkCount;

  RunTables(Connection connection, LeaseHashes hashes) throws SQLException {
    this.hashes = hashes;
    this.attemptId = Ids.next(connection, "run_attempts");
    runs =
        new Insert(
            connection,
            "runs",
            "id",
            "team_id",
            "app_id",
            "version_id",
            "environment_id",
            "environment",
            "run_no",
            "status",
            "input",
            "priority",
            "max_retries",
            "retry_count",
            "attempt_count",
            "cancel_requested",
            "queued_at",
            "started_at",
            "finished_at");
    attempts =
        new Insert(
            connection,
            "run_attempts",
            "id",
            "run_id",
            "attempt_no",
            "runner_id",
            "runner_name",
            "status",
            "lease_token_hash",
            "leased_at",
            "lease_expires_at",
            "deadline_at",
            "started_at",
            "finished_at",
            "ended_by",
            "exit_code",
            "error_message",
            "error_class",
            "last_log_seq");
    chunks =
        new Insert(connection, "run_log_chunks", "attempt_id", "first_seq", "last_seq", "lines");
  }

  long chunkCount() {
    return chunkCount;
  }

  /** A run's row but for its place. */
  record RunRow(
      String status,
      @Nullable String input,
      int priority,
      int maxRetries,
      int retryCount,
      int attemptCount,
      boolean cancelRequested,
      long queuedAt,
      @Nullable Long startedAt,
      @Nullable Long finishedAt) {}

  void run(long id, Place place, RunRow run) throws SQLException {
    runs.add(
        id,
        place.teamId(),
        place.appId(),
        place.versionId(),
        place.environmentId(),
        place.environment(),
        place.runNo(),
        run.status(),
        run.input(),
        run.priority(),
        run.maxRetries(),
        run.retryCount(),
        run.attemptCount(),
        run.cancelRequested() ? 1 : 0,
        run.queuedAt(),
        run.startedAt(),
        run.finishedAt());
  }

  /** An attempt that is to get lines up to {@code lastLogSeq}; its id. */
  long attempt(
      long runId, int no, long runnerId, String runnerName, AttemptRow attempt, long lastLogSeq)
      throws SQLException {
    ErrorClass errorClass = attempt.errorClass();
    attempts.add(
        attemptId,
        runId,
        no,
        runnerId,
        runnerName,
        attempt.status().code(),
        hashes.next(),
        attempt.leasedAt(),
        attempt.leaseExpiresAt(),
        attempt.leaseExpiresAt() + DEADLINE,
        attempt.startedAt(),
        attempt.finishedAt(),
        attempt.endedBy(),
        attempt.exitCode(),
        attempt.message(),
        errorClass == null ? null : errorClass.code(),
        lastLogSeq);
    return attemptId++;
  }

  void chunk(long ofAttempt, long firstSeq, PreparedLogs.Chunk chunk) throws SQLException {
    chunks.add(ofAttempt, firstSeq, firstSeq + chunk.lines() - 1, chunk.bytes());
    chunkCount++;
  }

  void flush() throws SQLException {
    runs.flush();
    attempts.flush();
    chunks.flush();
  }

  @Override
  public void close() throws SQLException {
    runs.close();
    attempts.close();
    chunks.close();
  }
}
