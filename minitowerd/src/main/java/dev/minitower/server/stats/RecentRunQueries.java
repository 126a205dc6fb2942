package dev.minitower.server.stats;

import dev.minitower.model.api.FinishedRunResponse;
import dev.minitower.model.lifecycle.RunStatus;
import dev.minitower.server.platform.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the last finished runs of apps. */
@Repository
final class RecentRunQueries {
  private final JdbcClient jdbc;

  RecentRunQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * By app, its last {@code limit} finished runs, the newest first; apps without any are left out.
   */
  Map<Long, List<FinishedRunResponse>> lastFinished(Collection<Long> appIds, int limit) {
    Map<Long, List<FinishedRunResponse>> runs = new HashMap<>();
    if (appIds.isEmpty()) {
      return runs;
    }
    jdbc.sql(
            """
            SELECT r.app_id, r.id, r.run_no, r.status, r.started_at, r.finished_at
              FROM apps a CROSS JOIN runs r
                ON r.id IN (SELECT id FROM runs
                             WHERE app_id = a.id AND finished_at IS NOT NULL
                             ORDER BY finished_at DESC, run_no DESC
                             LIMIT :limit)
             WHERE a.id IN (:apps)
             ORDER BY r.finished_at DESC, r.run_no DESC
            """)
        .param("apps", appIds)
        .param("limit", limit)
        .query(
            row -> {
              runs.computeIfAbsent(row.getLong("app_id"), app -> new ArrayList<>()).add(run(row));
            });
    return runs;
  }

  private static FinishedRunResponse run(ResultSet row) throws SQLException {
    Instant finished = Columns.instant(row, "finished_at");
    return new FinishedRunResponse(
        row.getLong("id"),
        row.getInt("run_no"),
        RunStatus.of(row.getString("status")),
        finished,
        seconds(Columns.optionalInstant(row, "started_at"), finished));
  }

  private static @Nullable Double seconds(@Nullable Instant started, Instant finished) {
    return started == null ? null : Duration.between(started, finished).toMillis() / 1000.0;
  }
}
