package dev.minitower.server.runners;

import dev.minitower.model.api.RunnerState;
import dev.minitower.model.identity.TokenHash;
import dev.minitower.server.platform.auth.RunnerPrincipal;
import dev.minitower.server.platform.database.Columns;
import dev.minitower.server.platform.web.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table of runners. */
@Repository
final class RunnerRepository {
  private static final String SELECT =
      """
      SELECT id, name, token_hash, environment, instance_id, version, labels,
             max_concurrent, registered_at, last_seen_at, isolation, state, state_reason
        FROM runners
      """;

  private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  RunnerRepository(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** When a runner was last seen, as far as it is written. */
  record Sighting(long runnerId, String environment, Instant lastSeenAt) {}

  long insert(Registration registration, Instant now) {
    return jdbc.sql(
            """
            INSERT INTO runners
              (name, token_hash, environment, instance_id, version, labels, max_concurrent,
               isolation, registered_at, last_seen_at)
            VALUES
              (:name, :tokenHash, :environment, :instanceId, :version, :labels, :maxConcurrent,
               :isolation, :now, :now)
            RETURNING id
            """)
        .params(params(registration))
        .param("now", now.toEpochMilli())
        .query(Long.class)
        .single();
  }

  /**
   * Gives a known name a new token, and whoever comes back under it works; false if the runner is
   * no longer there.
   */
  boolean update(long runnerId, Registration registration, Instant now) {
    return jdbc.sql(
                """
                UPDATE runners
                   SET token_hash = :tokenHash, environment = :environment,
                       instance_id = :instanceId, version = :version, labels = :labels,
                       max_concurrent = :maxConcurrent, isolation = :isolation,
                       state = 'working', state_reason = NULL, last_seen_at = :now
                 WHERE id = :runnerId AND name = :name
                """)
            .params(params(registration))
            .param("now", now.toEpochMilli())
            .param("runnerId", runnerId)
            .update()
        == 1;
  }

  private Map<String, ?> params(Registration registration) {
    Map<String, @Nullable Object> params = new HashMap<>();
    params.put("name", registration.name());
    params.put("tokenHash", registration.tokenHash().hex());
    params.put("environment", registration.environment());
    params.put("instanceId", registration.instanceId());
    params.put("version", registration.version());
    params.put(
        "labels",
        registration.labels() == null ? null : json.writeValueAsString(registration.labels()));
    params.put("maxConcurrent", registration.maxConcurrent());
    params.put("isolation", registration.isolation());
    return params;
  }

  Optional<Runner> findByName(String name) {
    return jdbc.sql(SELECT + "WHERE name = :name")
        .param("name", name)
        .query((row, number) -> runner(row))
        .optional();
  }

  Optional<Runner> find(long runnerId) {
    return jdbc.sql(SELECT + "WHERE id = :id")
        .param("id", runnerId)
        .query((row, number) -> runner(row))
        .optional();
  }

  /** By name. */
  List<Runner> list(Page page) {
    return jdbc.sql(
            SELECT
                + """
             WHERE name > :after
             ORDER BY name, id
             LIMIT :limit OFFSET :offset
            """)
        .param("after", page.afterName())
        .param("limit", page.fetchLimit())
        .param("offset", page.offset())
        .query((row, number) -> runner(row))
        .list();
  }

  private Runner runner(ResultSet row) throws SQLException {
    String labels = row.getString("labels");
    return new Runner(
        row.getLong("id"),
        row.getString("name"),
        new TokenHash(row.getString("token_hash")),
        row.getString("environment"),
        row.getString("instance_id"),
        row.getString("version"),
        labels == null ? null : json.readValue(labels, LABELS),
        row.getInt("max_concurrent"),
        Columns.instant(row, "registered_at"),
        Columns.instant(row, "last_seen_at"),
        row.getString("isolation"),
        RunnerState.of(row.getString("state")),
        row.getString("state_reason"));
  }

  /** Empty for a token that is unknown or was rotated away. */
  Optional<RunnerPrincipal> findPrincipal(TokenHash tokenHash) {
    return jdbc.sql(
            """
            SELECT id, name, environment, max_concurrent FROM runners WHERE token_hash = :tokenHash
            """)
        .param("tokenHash", tokenHash.hex())
        .query(
            (row, number) ->
                new RunnerPrincipal(
                    row.getLong("id"),
                    row.getString("name"),
                    row.getString("environment"),
                    row.getInt("max_concurrent"),
                    tokenHash))
        .optional();
  }

  /**
   * False if the runner is no longer who it was: what it said before it registered again must not
   * be taken for what it says now.
   */
  boolean saveState(RunnerPrincipal runner, RunnerState state, @Nullable String reason) {
    return jdbc.sql(
                """
                UPDATE runners SET state = :state, state_reason = :reason
                 WHERE id = :runner AND token_hash = :token
                """)
            .param("state", state.code())
            .param("reason", reason)
            .param("runner", runner.runnerId())
            .param("token", runner.token().hex())
            .update()
        == 1;
  }

  List<Sighting> sightings() {
    return jdbc.sql("SELECT id, environment, last_seen_at FROM runners ORDER BY id")
        .query(
            (row, number) ->
                new Sighting(
                    row.getLong("id"),
                    row.getString("environment"),
                    Columns.instant(row, "last_seen_at")))
        .list();
  }

  /**
   * Writes when runners were last seen and returns how many rows that were.
   *
   * @param lastSeen a JSON object of runner id to epoch milliseconds
   */
  int saveLastSeen(String lastSeen) {
    return jdbc.sql(
            """
            UPDATE runners
               SET last_seen_at = max(last_seen_at, seen.value)
              FROM json_each(:lastSeen) AS seen
             WHERE runners.id = CAST(seen.key AS INTEGER)
            """)
        .param("lastSeen", lastSeen)
        .update();
  }

  /** The hash of the deleted runner's token; empty if it was seen since {@code cutoff}. */
  Optional<TokenHash> deleteUnseenSince(long runnerId, Instant cutoff) {
    return jdbc.sql(
            """
            DELETE FROM runners
             WHERE id = :runnerId AND last_seen_at < :cutoff
            RETURNING token_hash
            """)
        .param("runnerId", runnerId)
        .param("cutoff", cutoff.toEpochMilli())
        .query((row, number) -> new TokenHash(row.getString("token_hash")))
        .optional();
  }
}
