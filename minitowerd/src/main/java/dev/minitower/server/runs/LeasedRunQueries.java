package dev.minitower.server.runs;

import dev.minitower.model.api.LeaseResponse;
import dev.minitower.server.runs.RunRepository.Claim;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What a runner is told of the run it holds. */
@Repository
class LeasedRunQueries {
  private final JdbcClient jdbc;
  private final RunInputs inputs;

  LeasedRunQueries(JdbcClient jdbc, RunInputs inputs) {
    this.jdbc = jdbc;
    this.inputs = inputs;
  }

  /** What a lease says of its run's version; versions never change. */
  record LeasedVersion(
      int versionNo, String entrypoint, @Nullable Integer timeoutSeconds, String artifactSha256) {}

  LeasedVersion version(long versionId) {
    return jdbc.sql(
            """
            SELECT version_no, entrypoint, timeout_seconds, artifact_sha256 FROM app_versions
             WHERE id = :version
            """)
        .param("version", versionId)
        .query(
            (row, i) ->
                new LeasedVersion(
                    row.getInt("version_no"),
                    row.getString("entrypoint"),
                    integer(row, "timeout_seconds"),
                    row.getString("artifact_sha256")))
        .single();
  }

  /** What is new about a run that is leased. */
  record Lease(long attemptId, String token, Instant expiresAt, int ttlSeconds) {}

  LeaseResponse response(Claim claim, LeasedVersion version, Lease lease) {
    return new LeaseResponse(
        claim.run().id(),
        claim.runNo(),
        claim.appId(),
        claim.run().appSlug(),
        version.versionNo(),
        version.entrypoint(),
        version.timeoutSeconds(),
        inputs.parse(claim.input()),
        lease.attemptId(),
        claim.attemptNo(),
        lease.token(),
        lease.expiresAt(),
        lease.ttlSeconds(),
        version.artifactSha256(),
        claim.run().environment(),
        claim.maxRetries());
  }

  /** The same for a run that was leased before. */
  LeaseResponse response(long attemptId, String leaseToken, int ttlSeconds) {
    return jdbc.sql(
            """
            SELECT r.id, r.run_no, r.app_id, a.slug, v.version_no, v.entrypoint, v.timeout_seconds,
                   r.input, t.attempt_no, t.lease_expires_at, v.artifact_sha256, r.environment,
                   r.max_retries
              FROM run_attempts t
              JOIN runs r ON r.id = t.run_id
              JOIN apps a ON a.id = r.app_id
              JOIN app_versions v ON v.id = r.version_id
             WHERE t.id = :attempt
            """)
        .param("attempt", attemptId)
        .query(
            (row, i) ->
                new LeaseResponse(
                    row.getLong("id"),
                    row.getInt("run_no"),
                    row.getLong("app_id"),
                    row.getString("slug"),
                    row.getInt("version_no"),
                    row.getString("entrypoint"),
                    integer(row, "timeout_seconds"),
                    inputs.parse(row.getString("input")),
                    attemptId,
                    row.getInt("attempt_no"),
                    leaseToken,
                    Instant.ofEpochMilli(row.getLong("lease_expires_at")),
                    ttlSeconds,
                    row.getString("artifact_sha256"),
                    row.getString("environment"),
                    row.getInt("max_retries")))
        .single();
  }

  /** The timeout of the run's version; null if it names none. */
  @Nullable Integer timeoutSeconds(long runId) {
    return jdbc.sql(
            """
            SELECT v.timeout_seconds FROM runs r JOIN app_versions v ON v.id = r.version_id
             WHERE r.id = :run
            """)
        .param("run", runId)
        .query((row, i) -> Optional.ofNullable(integer(row, "timeout_seconds")))
        .single()
        .orElse(null);
  }

  /**
   * The artifact of the run's version, with what its headers say.
   *
   * @param importPaths a JSON list; null if there are none
   */
  record LeasedArtifact(
      String sha256,
      String entrypoint,
      @Nullable Integer timeoutSeconds,
      @Nullable String importPaths) {}

  LeasedArtifact artifact(long runId) {
    return jdbc.sql(
            """
            SELECT v.artifact_sha256, v.entrypoint, v.timeout_seconds, v.import_paths
              FROM runs r JOIN app_versions v ON v.id = r.version_id
             WHERE r.id = :run
            """)
        .param("run", runId)
        .query(
            (row, i) ->
                new LeasedArtifact(
                    row.getString("artifact_sha256"),
                    row.getString("entrypoint"),
                    integer(row, "timeout_seconds"),
                    row.getString("import_paths")))
        .single();
  }

  private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }
}
