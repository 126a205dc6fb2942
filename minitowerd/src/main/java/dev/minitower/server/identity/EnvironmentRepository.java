package dev.minitower.server.identity;

import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of environments: a team has one as soon as it is there. */
@Repository
final class EnvironmentRepository {
  private static final String DEFAULT = "default";

  private final JdbcClient jdbc;

  EnvironmentRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  long insertDefault(long teamId, Instant now) {
    return jdbc.sql(
            """
            INSERT INTO environments (team_id, name, created_at)
            VALUES (:teamId, :name, :now)
            RETURNING id
            """)
        .param("teamId", teamId)
        .param("name", DEFAULT)
        .param("now", now.toEpochMilli())
        .query(Long.class)
        .single();
  }
}
