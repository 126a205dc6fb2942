package dev.minitower.bench.seed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * What the triggers of the schema keep while runs come and go, made at once for runs that are there
 * already, as the migration that brought these tables does it.
 */
final class DerivedTables {
  private static final String TEAM =
      "char(57344 + (r.team_id >> 24 & 4095), 57344 + (r.team_id >> 12 & 4095),"
          + " 57344 + (r.team_id & 4095))";

  private static final List<String> FILL =
      List.of(
          """
          INSERT INTO run_hours (team_id, hour, app_id, completed, failed, cancelled, dead)
          SELECT team_id, finished_at / 3600000 AS hour, app_id,
                 sum(status = 'completed'), sum(status = 'failed'),
                 sum(status = 'cancelled'), sum(status = 'dead')
            FROM runs
           WHERE id >= ? AND finished_at IS NOT NULL
           GROUP BY team_id, hour, app_id
          """,
          "INSERT INTO run_text (rowid, team, text) SELECT r.id * 2, "
              + TEAM
              + ", r.input FROM runs r WHERE r.id >= ? AND length(r.input) > 2 ORDER BY r.id",
          "INSERT INTO run_text (rowid, team, text) SELECT r.id * 2 + 1, "
              + TEAM
              + """
                , a.error_message
                  FROM runs r
                  JOIN run_attempts a ON a.run_id = r.id AND a.attempt_no = r.attempt_count
                 WHERE r.id >= ? AND r.finished_at IS NOT NULL AND a.error_message IS NOT NULL
                 ORDER BY r.id
                """);

  private DerivedTables() {}

  static void fill(Connection connection, long firstRunId) throws SQLException {
    for (String sql : FILL) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setLong(1, firstRunId);
        int unused = statement.executeUpdate();
      }
    }
  }
}
