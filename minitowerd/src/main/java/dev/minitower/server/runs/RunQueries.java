package dev.minitower.server.runs;

import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What other subjects may know of runs. */
@Component
public final class RunQueries {
  private final JdbcClient jdbc;

  RunQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Count(long runnerId, int attempts) {}

  /** How many attempts each runner holds; runners that hold none are left out. */
  public Map<Long, Integer> activeAttemptsByRunner() {
    return jdbc
        .sql(
            """
            SELECT runner_id, count(*) AS attempts
              FROM run_attempts
             WHERE status IN ('leased', 'running', 'cancelling')
             GROUP BY runner_id
            """)
        .query((row, number) -> new Count(row.getLong("runner_id"), row.getInt("attempts")))
        .list()
        .stream()
        .collect(Collectors.toMap(Count::runnerId, Count::attempts));
  }

  /** Whether the runner holds an attempt that is not over. */
  public boolean hasActiveAttempt(long runnerId) {
    return jdbc.sql(
                """
                SELECT EXISTS (
                  SELECT 1 FROM run_attempts
                   WHERE runner_id = :runnerId
                     AND status IN ('leased', 'running', 'cancelling'))
                """)
            .param("runnerId", runnerId)
            .query(Integer.class)
            .single()
        == 1;
  }
}
