package dev.minitower.server.runs;

import dev.minitower.model.lifecycle.RunStatus;
import dev.minitower.server.platform.auth.RunnerPrincipal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of runs. A move says in its guard what the run must still be, and answers with the run
 * as it is now; empty if the guard no longer held.
 */
@Repository
class RunRepository {
  private final JdbcClient jdbc;

  RunRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A claimed run.
   *
   * @param attemptNo of the attempt that takes it
   * @param input as JSON; null if it has none
   */
  record Claim(
      MovedRun run,
      long appId,
      int runNo,
      long versionId,
      int attemptNo,
      @Nullable String input,
      int maxRetries) {}

  /**
   * Takes the app's next run number; empty if the app is disabled, or has a newer version than the
   * target although {@code mustBeNewest}.
   */
  Optional<Integer> takeRunNo(RunTarget target, boolean mustBeNewest) {
    return jdbc.sql(
            """
            UPDATE apps SET last_run_no = last_run_no + 1
             WHERE id = :app AND disabled = 0 AND (last_version_no = :version OR NOT :mustBeNewest)
            RETURNING last_run_no
            """)
        .param("app", target.appId())
        .param("version", target.versionNo())
        .param("mustBeNewest", mustBeNewest)
        .query(Integer.class)
        .optional();
  }

  boolean isDisabled(long appId) {
    return jdbc.sql("SELECT disabled FROM apps WHERE id = :app")
        .param("app", appId)
        .query(Boolean.class)
        .single();
  }

  /** Queues a run in the team's environment of that name. */
  long insert(RunTarget target, NewRun run, int runNo, Instant now) {
    return jdbc.sql(
            """
            INSERT INTO runs (team_id, app_id, version_id, environment_id, environment, run_no,
                              status, input, priority, max_retries, queued_at)
            SELECT :team, :app, :version, e.id, e.name, :runNo,
                   'queued', :input, :priority, :maxRetries, :now
              FROM environments e
             WHERE e.team_id = :team AND e.name = :environment
            RETURNING id
            """)
        .param("team", target.teamId())
        .param("app", target.appId())
        .param("version", target.versionId())
        .param("environment", run.environment())
        .param("runNo", runNo)
        .param("input", run.input())
        .param("priority", run.priority())
        .param("maxRetries", run.maxRetries())
        .param("now", now.toEpochMilli())
        .query(Long.class)
        .single();
  }

  boolean hasQueued(String environment) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT 1 FROM runs WHERE status = 'queued' AND environment = :environment)
            """)
        .param("environment", environment)
        .query(Boolean.class)
        .single();
  }

  /**
   * Takes the next queued run of the runner's environment; empty when there is none, or when the
   * runner is no longer who it was: a poll may have waited while its token was rotated or its row
   * deleted.
   */
  Optional<Claim> claimNext(RunnerPrincipal runner) {
    return jdbc.sql(
            """
            UPDATE runs SET status = 'leased', attempt_count = attempt_count + 1
             WHERE status = 'queued'
               AND id = (SELECT id FROM runs
                          WHERE status = 'queued' AND environment = :environment
                          ORDER BY priority DESC, queued_at, id
                          LIMIT 1)
               AND EXISTS (SELECT 1 FROM runners WHERE id = :runner AND token_hash = :token)
            RETURNING app_id, run_no, version_id, attempt_count, input, max_retries,
            """
                + Rows.MOVED_COLUMNS)
        .param("environment", runner.environment())
        .param("runner", runner.runnerId())
        .param("token", runner.token().hex())
        .query(RunRepository::claim)
        .optional();
  }

  private static Claim claim(ResultSet row, int index) throws SQLException {
    return new Claim(
        Rows.moved(row, index),
        row.getLong("app_id"),
        row.getInt("run_no"),
        row.getLong("version_id"),
        row.getInt("attempt_count"),
        row.getString("input"),
        row.getInt("max_retries"));
  }

  /** Empty if the run is not leased. */
  Optional<MovedRun> markRunning(long runId, Instant now) {
    return jdbc.sql(
            """
                UPDATE runs SET status = 'running', started_at = coalesce(started_at, :now)
                 WHERE id = :run AND status = 'leased'
                RETURNING
                """
                + Rows.MOVED_COLUMNS)
        .param("run", runId)
        .param("now", now.toEpochMilli())
        .query(Rows::moved)
        .optional();
  }

  /** Empty if nobody holds the run, or it is being cancelled already. */
  Optional<MovedRun> markCancelling(long runId) {
    return jdbc.sql(
            """
                UPDATE runs SET status = 'cancelling', cancel_requested = 1
                 WHERE id = :run AND status IN (:from)
                RETURNING
                """
                + Rows.MOVED_COLUMNS)
        .param("run", runId)
        .param("from", RunStatus.sourcesOf(RunStatus.CANCELLING))
        .query(Rows::moved)
        .optional();
  }

  /** Cancels a run that nobody holds; empty if somebody does, or it has ended. */
  Optional<MovedRun> cancelQueued(long runId, Instant now) {
    return jdbc.sql(
            """
                UPDATE runs SET status = 'cancelled', cancel_requested = 1, finished_at = :now
                 WHERE id = :run AND status = 'queued'
                RETURNING
                """
                + Rows.MOVED_COLUMNS)
        .param("run", runId)
        .param("now", now.toEpochMilli())
        .query(Rows::moved)
        .optional();
  }

  /**
   * Ends a held run; empty if it is no longer {@code from}.
   *
   * @param startedAt when it started if it was never said to have; null if it never did
   */
  Optional<MovedRun> finish(
      long runId, RunStatus from, RunStatus to, @Nullable Instant startedAt, Instant now) {
    return jdbc.sql(
            """
                UPDATE runs
                   SET status = :to, finished_at = :now, started_at = coalesce(started_at, :started)
                 WHERE id = :run AND status = :from
                RETURNING
                """
                + Rows.MOVED_COLUMNS)
        .param("run", runId)
        .param("from", from.code())
        .param("to", to.code())
        .param("started", startedAt == null ? null : startedAt.toEpochMilli())
        .param("now", now.toEpochMilli())
        .query(Rows::moved)
        .optional();
  }

  /** Puts a held run back where it stood in the queue; empty if it is no longer {@code from}. */
  Optional<MovedRun> requeue(long runId, RunStatus from, boolean spendRetry) {
    return jdbc.sql(
            """
                UPDATE runs SET status = 'queued', retry_count = retry_count + :spent
                 WHERE id = :run AND status = :from AND cancel_requested = 0
                RETURNING
                """
                + Rows.MOVED_COLUMNS)
        .param("run", runId)
        .param("from", from.code())
        .param("spent", spendRetry ? 1 : 0)
        .query(Rows::moved)
        .optional();
  }
}
