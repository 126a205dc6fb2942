package dev.minitower.server.runs;

import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which run a team's Idempotency-Key made, and from what request. */
@Repository
class IdempotencyRepository {
  private final JdbcClient jdbc;

  IdempotencyRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  record Used(String requestHash, long runId) {}

  /** Empty if the key was not used, or so long ago that it counts as new. */
  Optional<Used> find(long teamId, String key, Instant notBefore) {
    return jdbc.sql(
            """
            SELECT request_hash, run_id FROM idempotency_keys
             WHERE team_id = :team AND key = :key AND created_at >= :notBefore
            """)
        .param("team", teamId)
        .param("key", key)
        .param("notBefore", notBefore.toEpochMilli())
        .query((row, i) -> new Used(row.getString("request_hash"), row.getLong("run_id")))
        .optional();
  }

  /** False if a key that still counts is there. */
  boolean put(
      long teamId, String key, String requestHash, long runId, Instant notBefore, Instant now) {
    return jdbc.sql(
                """
                INSERT INTO idempotency_keys (team_id, key, request_hash, run_id, created_at)
                VALUES (:team, :key, :hash, :run, :now)
                ON CONFLICT (team_id, key) DO UPDATE
                   SET request_hash = excluded.request_hash, run_id = excluded.run_id,
                       created_at = excluded.created_at
                 WHERE idempotency_keys.created_at < :notBefore
                """)
            .param("team", teamId)
            .param("key", key)
            .param("hash", requestHash)
            .param("run", runId)
            .param("notBefore", notBefore.toEpochMilli())
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  /** Forgets up to {@code batch} keys that no longer count; returns how many. */
  int deleteBefore(Instant notBefore, int batch) {
    return jdbc.sql(
            """
            DELETE FROM idempotency_keys
             WHERE (team_id, key) IN (SELECT team_id, key FROM idempotency_keys
                                       WHERE created_at < :notBefore
                                       ORDER BY created_at
                                       LIMIT :batch)
            """)
        .param("notBefore", notBefore.toEpochMilli())
        .param("batch", batch)
        .update();
  }
}
