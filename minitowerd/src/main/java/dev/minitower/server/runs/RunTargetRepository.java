package dev.minitower.server.runs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds what a run is to run. Versions never change, so this needs no transaction. */
@Repository
class RunTargetRepository {
  private final JdbcClient jdbc;
  private final RunInputs inputs;

  RunTargetRepository(JdbcClient jdbc, RunInputs inputs) {
    this.jdbc = jdbc;
    this.inputs = inputs;
  }

  Optional<Long> appId(long teamId, String app) {
    return jdbc.sql("SELECT id FROM apps WHERE team_id = :team AND slug = :app")
        .param("team", teamId)
        .param("app", app)
        .query(Long.class)
        .optional();
  }

  /** The version of that number, or the newest one if none is named; empty if there is none. */
  Optional<RunTarget> find(long teamId, String app, @Nullable Integer versionNo) {
    return jdbc.sql(
            """
            SELECT a.team_id, t.slug AS team_slug, a.id AS app_id, a.slug AS app_slug,
                   v.id AS version_id, v.version_no, v.params_schema
              FROM apps a
              JOIN teams t ON t.id = a.team_id
              JOIN app_versions v
                ON v.app_id = a.id AND v.version_no = coalesce(:versionNo, a.last_version_no)
             WHERE a.team_id = :team AND a.slug = :app
            """)
        .param("team", teamId)
        .param("app", app)
        .param("versionNo", versionNo)
        .query(
            (row, i) ->
                new RunTarget(
                    row.getLong("team_id"),
                    row.getString("team_slug"),
                    row.getLong("app_id"),
                    row.getString("app_slug"),
                    row.getLong("version_id"),
                    row.getInt("version_no"),
                    inputs.schema(row.getString("params_schema"))))
        .optional();
  }
}
