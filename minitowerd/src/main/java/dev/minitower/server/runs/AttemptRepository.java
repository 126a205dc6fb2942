package dev.minitower.server.runs;

import dev.minitower.model.identity.TokenHash;
import dev.minitower.model.lifecycle.AttemptStatus;
import dev.minitower.model.lifecycle.ErrorClass;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rows of attempts; one without {@code finished_at} is active. Every move of a runner's carries
 * the whole guard: the state it comes from and a lease that is not over; false means that one of
 * them no longer held.
 */
@Repository
class AttemptRepository {
  private final JdbcClient jdbc;

  AttemptRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Times of a lease, as they are to be written. */
  record LeaseUntil(Instant expiresAt, Instant deadlineAt) {}

  long insert(
      RunRepository.Claim claim,
      long runnerId,
      String runnerName,
      TokenHash leaseToken,
      LeaseUntil until,
      Instant now) {
    return jdbc.sql(
            """
            INSERT INTO run_attempts (run_id, attempt_no, runner_id, runner_name, status,
                                      lease_token_hash, leased_at, lease_expires_at, deadline_at)
            VALUES (:run, :attemptNo, :runner, :runnerName, 'leased',
                    :lease, :now, :expires, :deadline)
            RETURNING id
            """)
        .param("run", claim.run().id())
        .param("attemptNo", claim.attemptNo())
        .param("runner", runnerId)
        .param("runnerName", runnerName)
        .param("lease", leaseToken.hex())
        .param("now", now.toEpochMilli())
        .param("expires", until.expiresAt().toEpochMilli())
        .param("deadline", until.deadlineAt().toEpochMilli())
        .query(Long.class)
        .single();
  }

  Optional<Attempt> find(LeaseHolder holder) {
    return jdbc.sql(
            "SELECT "
                + Rows.ATTEMPT_COLUMNS
                + """
                  FROM run_attempts
                 WHERE lease_token_hash = :lease AND run_id = :run AND runner_id = :runner
                """)
        .param("lease", holder.leaseToken().hex())
        .param("run", holder.runId())
        .param("runner", holder.runnerId())
        .query(Rows::attempt)
        .optional();
  }

  Optional<Attempt> findByToken(TokenHash leaseToken) {
    return jdbc.sql(
            "SELECT " + Rows.ATTEMPT_COLUMNS + " FROM run_attempts WHERE lease_token_hash = :lease")
        .param("lease", leaseToken.hex())
        .query(Rows::attempt)
        .optional();
  }

  Optional<Attempt> findById(long attemptId) {
    return jdbc.sql("SELECT " + Rows.ATTEMPT_COLUMNS + " FROM run_attempts WHERE id = :id")
        .param("id", attemptId)
        .query(Rows::attempt)
        .optional();
  }

  List<Attempt> ofRun(long runId) {
    return jdbc.sql(
            "SELECT "
                + Rows.ATTEMPT_COLUMNS
                + " FROM run_attempts WHERE run_id = :run ORDER BY attempt_no")
        .param("run", runId)
        .query(Rows::attempt)
        .list();
  }

  int countActive(long runnerId) {
    return jdbc.sql(
            """
            SELECT count(*) FROM run_attempts
             WHERE runner_id = :runner AND finished_at IS NULL
            """)
        .param("runner", runnerId)
        .query(Integer.class)
        .single();
  }

  /**
   * Notes the start and extends the lease. Returns until when; empty if the attempt is no longer
   * leased or its lease is over.
   */
  Optional<Instant> start(long attemptId, LeaseUntil until, Instant now) {
    return jdbc.sql(
            """
            UPDATE run_attempts
               SET status = 'running', started_at = :now, deadline_at = :deadline,
                   lease_expires_at = max(lease_expires_at, min(:until, :deadline))
             WHERE id = :id AND status = 'leased' AND lease_expires_at > :now
            RETURNING lease_expires_at
            """)
        .param("id", attemptId)
        .param("until", until.expiresAt().toEpochMilli())
        .param("deadline", until.deadlineAt().toEpochMilli())
        .param("now", now.toEpochMilli())
        .query(AttemptRepository::expiresAt)
        .optional();
  }

  /**
   * Extends a lease that is not over, as far as its deadline allows; never shortens it. Returns
   * until when; empty if it is over or the attempt has ended.
   */
  Optional<Instant> extend(long attemptId, Instant until, Instant now) {
    return jdbc.sql(
            """
            UPDATE run_attempts
               SET lease_expires_at = max(lease_expires_at, min(:until, deadline_at))
             WHERE id = :id AND lease_expires_at > :now
               AND finished_at IS NULL
            RETURNING lease_expires_at
            """)
        .param("id", attemptId)
        .param("until", until.toEpochMilli())
        .param("now", now.toEpochMilli())
        .query(AttemptRepository::expiresAt)
        .optional();
  }

  private static Instant expiresAt(ResultSet row, int index) throws SQLException {
    return Instant.ofEpochMilli(row.getLong("lease_expires_at"));
  }

  /** A lease that was extended. */
  record Extended(
      LeaseHolder holder,
      long attemptId,
      int attemptNo,
      AttemptStatus status,
      Instant leaseExpiresAt) {}

  /** {@link #extend} for many holders at once; who is not in the answer holds no valid lease. */
  List<Extended> extendAll(Collection<LeaseHolder> holders, Instant until, Instant now) {
    return jdbc.sql(
            """
            UPDATE run_attempts
               SET lease_expires_at = max(lease_expires_at, min(:until, deadline_at))
              FROM (SELECT value ->> 0 AS run, value ->> 1 AS runner, value ->> 2 AS lease
                      FROM json_each(:holders)) AS holder
             WHERE run_id = holder.run AND runner_id = holder.runner
               AND lease_token_hash = holder.lease AND lease_expires_at > :now
               AND finished_at IS NULL
            RETURNING run_id, runner_id, lease_token_hash, id, attempt_no, status, lease_expires_at
            """)
        .param("until", until.toEpochMilli())
        .param("holders", json(holders))
        .param("now", now.toEpochMilli())
        .query(
            (row, i) ->
                new Extended(
                    new LeaseHolder(
                        row.getLong("run_id"),
                        row.getLong("runner_id"),
                        new TokenHash(row.getString("lease_token_hash"))),
                    row.getLong("id"),
                    row.getInt("attempt_no"),
                    AttemptStatus.of(row.getString("status")),
                    Instant.ofEpochMilli(row.getLong("lease_expires_at"))))
        .list();
  }

  private static String json(Collection<LeaseHolder> holders) {
    return holders.stream()
        .map(one -> "[%d,%d,\"%s\"]".formatted(one.runId(), one.runnerId(), one.leaseToken().hex()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Asks the holder of the run to stop; false if nobody holds it, or was asked already. */
  boolean markCancelling(long runId, Instant deadline) {
    return jdbc.sql(
                """
                UPDATE run_attempts
                   SET status = 'cancelling', deadline_at = min(deadline_at, :deadline)
                 WHERE run_id = :run AND status IN (:from)
                """)
            .param("run", runId)
            .param("deadline", deadline.toEpochMilli())
            .param("from", AttemptStatus.sourcesOf(AttemptStatus.CANCELLING))
            .update()
        == 1;
  }

  /** How an attempt ended. */
  record End(
      AttemptStatus status,
      Attempt.EndedBy by,
      @Nullable Instant startedAt,
      @Nullable Integer exitCode,
      @Nullable String errorMessage,
      @Nullable ErrorClass errorClass) {}

  /** Ends an attempt at its holder's word, which counts only while the lease is not over. */
  boolean endByHolder(long attemptId, End end, Instant now) {
    return end(attemptId, end, now, "lease_expires_at > :now");
  }

  /** Ends an attempt whose lease is over; false if it was extended or ended meanwhile. */
  boolean endOver(long attemptId, End end, Instant now) {
    return end(attemptId, end, now, "lease_expires_at <= :now");
  }

  private boolean end(long attemptId, End end, Instant now, String leaseGuard) {
    return jdbc.sql(
                """
                UPDATE run_attempts
                   SET status = :to, finished_at = :now, ended_by = :by,
                       started_at = coalesce(started_at, :started),
                       exit_code = :exitCode, error_message = :message,
                       error_class = :errorClass
                 WHERE id = :id AND status IN (:from) AND
                """
                    + leaseGuard)
            .param("id", attemptId)
            .param("to", end.status().code())
            .param("from", AttemptStatus.sourcesOf(end.status()))
            .param("by", end.by().name().toLowerCase(Locale.ROOT))
            .param("started", end.startedAt() == null ? null : end.startedAt().toEpochMilli())
            .param("exitCode", end.exitCode())
            .param("message", end.errorMessage())
            .param("errorClass", end.errorClass() == null ? null : end.errorClass().code())
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  /** Notes that lines up to {@code seq} are stored; false if the lease no longer allows it. */
  boolean recordLogs(long attemptId, long seq, Instant now) {
    return jdbc.sql(
                """
                UPDATE run_attempts SET last_log_seq = max(last_log_seq, :seq)
                 WHERE id = :id AND lease_expires_at > :now
                   AND finished_at IS NULL
                """)
            .param("id", attemptId)
            .param("seq", seq)
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  /** Attempts whose lease is over, the longest over first. */
  List<Long> findOver(Instant now, int limit) {
    return jdbc.sql(
            """
            SELECT id FROM run_attempts
             WHERE finished_at IS NULL AND lease_expires_at <= :now
             ORDER BY lease_expires_at, id
             LIMIT :limit
            """)
        .param("now", now.toEpochMilli())
        .param("limit", limit)
        .query((row, i) -> row.getLong("id"))
        .list();
  }

  /**
   * Gives every lease that was not over at the newest commit until {@code until}: time that the
   * server was away is not held against runners. Returns how many.
   */
  int grantGrace(Instant until) {
    return jdbc.sql(
            """
            UPDATE run_attempts
               SET lease_expires_at = max(lease_expires_at, :until),
                   deadline_at = max(deadline_at, :until)
             WHERE finished_at IS NULL
               AND lease_expires_at > (SELECT newest_at FROM server_clock)
            """)
        .param("until", until.toEpochMilli())
        .update();
  }
}
