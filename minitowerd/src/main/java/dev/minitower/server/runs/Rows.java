package dev.minitower.server.runs;

import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.model.lifecycle.ErrorClass;
import dev.minitower.model.lifecycle.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads runs and attempts from result sets. */
final class Rows {
  /**
   * The columns of {@link #run}; r is the run, a its app, t the team, v the version, l the last
   * attempt.
   */
  static final String RUN_COLUMNS =
      """
      r.id, r.team_id, t.slug AS team_slug, r.app_id, a.slug AS app_slug, r.run_no, v.version_no,
      r.environment, r.status, r.input, r.priority, r.max_retries, r.retry_count, r.cancel_requested,
      r.queued_at, r.started_at, r.finished_at, l.exit_code, l.error_message,
      -- The last attempt of a run that was cancelled in the queue may have been lost.
      CASE WHEN r.status IN ('failed', 'dead') THEN l.error_class END AS error_class
      """;

  static final String RUN_JOINS =
      """
      JOIN apps a ON a.id = r.app_id
      JOIN teams t ON t.id = r.team_id
      JOIN app_versions v ON v.id = r.version_id
      LEFT JOIN run_attempts l
             ON l.run_id = r.id AND l.attempt_no = r.attempt_count AND r.finished_at IS NOT NULL
      """;

  /** The columns of {@link #moved}, of a statement that changes a row of runs. */
  static final String MOVED_COLUMNS =
      """
      id, team_id, (SELECT slug FROM teams WHERE teams.id = runs.team_id) AS team_slug,
      (SELECT slug FROM apps WHERE apps.id = runs.app_id) AS app_slug,
      environment, status, queued_at, started_at, finished_at
      """;

  static final String ATTEMPT_COLUMNS =
      """
      id, run_id, attempt_no, runner_id, runner_name, status, leased_at, lease_expires_at,
      deadline_at, started_at, finished_at, ended_by, exit_code, error_message, error_class,
      last_log_seq
      """;

  private Rows() {}

  static Run run(ResultSet row, int index) throws SQLException {
    return new Run(
        row.getLong("id"),
        row.getLong("team_id"),
        row.getString("team_slug"),
        row.getLong("app_id"),
        row.getString("app_slug"),
        row.getInt("run_no"),
        row.getInt("version_no"),
        row.getString("environment"),
        RunStatus.of(row.getString("status")),
        row.getString("input"),
        row.getInt("priority"),
        row.getInt("max_retries"),
        row.getInt("retry_count"),
        row.getBoolean("cancel_requested"),
        Instant.ofEpochMilli(row.getLong("queued_at")),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        integer(row, "exit_code"),
        row.getString("error_message"),
        ErrorClass.of(row.getString("error_class")));
  }

  static MovedRun moved(ResultSet row, int index) throws SQLException {
    return new MovedRun(
        row.getLong("id"),
        row.getLong("team_id"),
        row.getString("team_slug"),
        row.getString("app_slug"),
        row.getString("environment"),
        RunStatus.of(row.getString("status")),
        Instant.ofEpochMilli(row.getLong("queued_at")),
        instant(row, "started_at"),
        instant(row, "finished_at"));
  }

  static Attempt attempt(ResultSet row, int index) throws SQLException {
    String endedBy = row.getString("ended_by");
    return new Attempt(
        row.getLong("id"),
        row.getLong("run_id"),
        row.getInt("attempt_no"),
        row.getLong("runner_id"),
        row.getString("runner_name"),
        AttemptStatus.of(row.getString("status")),
        Instant.ofEpochMilli(row.getLong("leased_at")),
        Instant.ofEpochMilli(row.getLong("lease_expires_at")),
        Instant.ofEpochMilli(row.getLong("deadline_at")),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        endedBy == null ? null : Attempt.EndedBy.valueOf(endedBy.toUpperCase(Locale.ROOT)),
        integer(row, "exit_code"),
        row.getString("error_message"),
        ErrorClass.of(row.getString("error_class")),
        row.getLong("last_log_seq"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }
}
