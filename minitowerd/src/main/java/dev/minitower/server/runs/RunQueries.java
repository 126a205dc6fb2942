package dev.minitower.server.runs;

import dev.minitower.model.lifecycle.RunStatus;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads runs. Other subjects read them through here and never write them. */
@Repository
public class RunQueries {
  private static final String SELECT_RUN =
      "SELECT " + Rows.RUN_COLUMNS + " FROM runs r " + Rows.RUN_JOINS;

  private final JdbcClient jdbc;

  RunQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Run> find(long teamId, long runId) {
    return jdbc.sql(SELECT_RUN + " WHERE r.id = :run AND r.team_id = :team")
        .param("run", runId)
        .param("team", teamId)
        .query(Rows::run)
        .optional();
  }

  /** A run that is known to be there, whoever's it is. */
  Run get(long runId) {
    return jdbc.sql(SELECT_RUN + " WHERE r.id = :run")
        .param("run", runId)
        .query(Rows::run)
        .single();
  }

  /** Which runs a list shows; {@code beforeId} is where the page before it ended. */
  record Filter(long teamId, @Nullable Long appId, List<RunStatus> statuses, long beforeId) {}

  /**
   * Runs, newest first. Each status is its own walk along an index, so that a rare one costs no
   * more than a common one; the walks are merged.
   */
  List<Run> list(Filter filter, int limit, int offset) {
    String walk = filter.appId() == null ? "team_id = :team" : "app_id = :app AND team_id = :team";
    String ids =
        filter.statuses().isEmpty()
            ? walk(walk)
            : String.join(
                " UNION ALL ",
                filter.statuses().stream()
                    .map(status -> walk(walk + " AND status = '" + status.code() + "'"))
                    .toList());
    return jdbc.sql(
            SELECT_RUN
                + " WHERE r.id IN (SELECT id FROM ("
                + ids
                + ") ORDER BY id DESC LIMIT :limit OFFSET :offset) ORDER BY r.id DESC")
        .param("team", filter.teamId())
        .param("app", filter.appId())
        .param("before", filter.beforeId())
        .param("reach", (long) limit + offset)
        .param("limit", limit)
        .param("offset", offset)
        .query(Rows::run)
        .list();
  }

  /** Runs that are known to be there, newest first. */
  List<Run> ofIds(Collection<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql(SELECT_RUN + " WHERE r.id IN (:ids) ORDER BY r.id DESC")
            .param("ids", ids)
            .query(Rows::run)
            .list();
  }

  private static String walk(String where) {
    return "SELECT id FROM (SELECT id FROM runs WHERE "
        + where
        + " AND id < :before ORDER BY id DESC LIMIT :reach)";
  }

  /**
   * Counts of a team's runs: all there ever were, and those of each status that is not terminal.
   */
  record Counts(long total, long queued, long held) {}

  Counts counts(long teamId) {
    return jdbc.sql(
            """
            SELECT (SELECT coalesce(sum(last_run_no), 0) FROM apps WHERE team_id = :team) AS total,
                   (SELECT count(*) FROM runs WHERE team_id = :team AND status = 'queued') AS queued,
                   (SELECT count(*) FROM runs WHERE team_id = :team
                       AND status IN ('leased', 'running', 'cancelling')) AS held
            """)
        .param("team", teamId)
        .query(
            (row, i) ->
                new Counts(row.getLong("total"), row.getLong("queued"), row.getLong("held")))
        .single();
  }

  /** The newest run of each of these apps that has one. */
  List<Run> newestOf(Collection<Long> appIds) {
    return appIds.isEmpty()
        ? List.of()
        : jdbc.sql(
                SELECT_RUN
                    + """
                       WHERE r.id IN (SELECT (SELECT max(id) FROM runs WHERE app_id = apps.id)
                                        FROM apps WHERE apps.id IN (:apps))
                      """)
            .param("apps", appIds)
            .query(Rows::run)
            .list();
  }

  /** How many runs each runner holds; runners that hold none are not in it. */
  public Map<Long, Integer> activeAttemptsByRunner() {
    Map<Long, Integer> counts = new HashMap<>();
    jdbc.sql(
            """
            SELECT runner_id, count(*) AS active FROM run_attempts
             WHERE finished_at IS NULL
             GROUP BY runner_id
            """)
        .query(
            row -> {
              var unused = counts.put(row.getLong("runner_id"), row.getInt("active"));
            });
    return counts;
  }

  public boolean hasActiveAttempt(long runnerId) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT 1 FROM run_attempts
                            WHERE runner_id = :runner
                              AND finished_at IS NULL)
            """)
        .param("runner", runnerId)
        .query(Boolean.class)
        .single();
  }

  /** Queued runs of one app in one environment. */
  record Pending(String team, String app, String environment, long runs) {}

  List<Pending> pending() {
    return jdbc.sql(
            """
            SELECT t.slug AS team, a.slug AS app, q.environment, q.runs
              FROM (SELECT app_id, environment, count(*) AS runs FROM runs INDEXED BY runs_queue
                     WHERE status = 'queued' GROUP BY app_id, environment) q
              JOIN apps a ON a.id = q.app_id
              JOIN teams t ON t.id = a.team_id
            """)
        .query(
            (row, i) ->
                new Pending(
                    row.getString("team"),
                    row.getString("app"),
                    row.getString("environment"),
                    row.getLong("runs")))
        .list();
  }
}
