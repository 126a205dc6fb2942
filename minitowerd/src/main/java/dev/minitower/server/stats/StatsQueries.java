package dev.minitower.server.stats;

import dev.minitower.model.api.RunHourResponse;
import dev.minitower.server.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts runs. Every statement reads what an index or the roll-up holds, not the runs. */
@Repository
final class StatsQueries {
  private final JdbcClient jdbc;

  StatsQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Hours of UTC since 1970, both inclusive. */
  record HourRange(long first, long last) {}

  Optional<Long> appId(long teamId, String slug) {
    return jdbc.sql("SELECT id FROM apps WHERE team_id = :team AND slug = :slug")
        .param("team", teamId)
        .param("slug", slug)
        .query(Long.class)
        .optional();
  }

  /** By hour, those in which any of the team's runs finished. */
  Map<Long, RunHourResponse> hours(long teamId, HourRange range) {
    Map<Long, RunHourResponse> hours = new HashMap<>();
    jdbc.sql(
            """
            SELECT hour, sum(completed) AS completed, sum(failed) AS failed,
                   sum(cancelled) AS cancelled, sum(dead) AS dead
              FROM run_hours
             WHERE team_id = :team AND hour BETWEEN :first AND :last
             GROUP BY hour
            """)
        .param("team", teamId)
        .param("first", range.first())
        .param("last", range.last())
        .query(into(hours));
    return hours;
  }

  /** The same of one app: a probe per hour, since an hour has a row for each of the team's apps. */
  Map<Long, RunHourResponse> hoursOfApp(long teamId, long appId, HourRange range) {
    Map<Long, RunHourResponse> hours = new HashMap<>();
    jdbc.sql(
            """
            WITH RECURSIVE hours (hour) AS (
              SELECT :first UNION ALL SELECT hour + 1 FROM hours WHERE hour < :last
            )
            SELECT h.hour, h.completed, h.failed, h.cancelled, h.dead
              FROM hours CROSS JOIN run_hours h
                ON h.team_id = :team AND h.hour = hours.hour AND h.app_id = :app
            """)
        .param("team", teamId)
        .param("app", appId)
        .param("first", range.first())
        .param("last", range.last())
        .query(into(hours));
    return hours;
  }

  private static RowCallbackHandler into(Map<Long, RunHourResponse> hours) {
    return row -> {
      RunHourResponse hour = hour(row);
      hours.put(row.getLong("hour"), hour);
    };
  }

  private static RunHourResponse hour(ResultSet row) throws SQLException {
    return new RunHourResponse(
        Instant.EPOCH.plus(Duration.ofHours(row.getLong("hour"))),
        row.getLong("completed"),
        row.getLong("failed"),
        row.getLong("cancelled"),
        row.getLong("dead"));
  }

  /**
   * The team's runs in one environment.
   *
   * @param oldestQueuedAt null if none is queued
   */
  record Queue(String environment, long queued, @Nullable Instant oldestQueuedAt, long active) {}

  /** By name. */
  List<Queue> environments(long teamId) {
    return jdbc.sql(
            """
            SELECT e.name,
                   coalesce(waiting.runs, 0) AS queued, waiting.oldest,
                   coalesce(held.runs, 0) AS active
              FROM environments e
              LEFT JOIN (SELECT environment, count(*) AS runs, min(queued_at) AS oldest
                           FROM runs INDEXED BY runs_queue
                          WHERE status = 'queued' AND team_id = :team
                          GROUP BY environment) waiting ON waiting.environment = e.name
              LEFT JOIN (SELECT environment_id, count(*) AS runs FROM runs
                          WHERE team_id = :team AND status IN ('leased', 'running', 'cancelling')
                          GROUP BY environment_id) held ON held.environment_id = e.id
             WHERE e.team_id = :team
             ORDER BY e.name
            """)
        .param("team", teamId)
        .query(
            (row, i) ->
                new Queue(
                    row.getString("name"),
                    row.getLong("queued"),
                    Columns.optionalInstant(row, "oldest"),
                    row.getLong("active")))
        .list();
  }
}
