package dev.minitower.server.apps;

import dev.minitower.model.api.UpdateAppRequest;
import dev.minitower.server.platform.database.Columns;
import dev.minitower.server.platform.web.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of apps; every statement is scoped by team. */
@Repository
final class AppRepository {
  private final JdbcClient jdbc;

  AppRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Empty if the team has an app of this slug. */
  Optional<App> insert(long teamId, String slug, @Nullable String description, Instant now) {
    return jdbc.sql(
            """
            INSERT INTO apps (team_id, slug, description, created_at, updated_at)
            VALUES (:teamId, :slug, nullif(trim(:description), ''), :now, :now)
            ON CONFLICT (team_id, slug) DO NOTHING
            RETURNING id, slug, description, disabled, last_version_no, created_at, updated_at
            """)
        .param("teamId", teamId)
        .param("slug", slug)
        .param("description", description)
        .param("now", now.toEpochMilli())
        .query((row, number) -> app(row))
        .optional();
  }

  Optional<App> find(long teamId, String slug) {
    return jdbc.sql(
            """
            SELECT id, slug, description, disabled, last_version_no, created_at, updated_at
              FROM apps
             WHERE team_id = :teamId AND slug = :slug
            """)
        .param("teamId", teamId)
        .param("slug", slug)
        .query((row, number) -> app(row))
        .optional();
  }

  /** By slug. */
  List<App> list(long teamId, Page page) {
    return jdbc.sql(
            """
            SELECT id, slug, description, disabled, last_version_no, created_at, updated_at
              FROM apps
             WHERE team_id = :teamId AND slug > :after
             ORDER BY slug, id
             LIMIT :limit OFFSET :offset
            """)
        .param("teamId", teamId)
        .param("after", page.afterName())
        .param("limit", page.fetchLimit())
        .param("offset", page.offset())
        .query((row, number) -> app(row))
        .list();
  }

  /** By slug, those whose slug or description holds the text; letters of ASCII in either case. */
  List<App> search(long teamId, String text, Page page) {
    return jdbc.sql(
            """
            SELECT id, slug, description, disabled, last_version_no, created_at, updated_at
              FROM apps
             WHERE team_id = :teamId AND slug > :after
               AND (instr(slug, lower(:text)) > 0 OR instr(lower(description), lower(:text)) > 0)
             ORDER BY slug, id
             LIMIT :limit OFFSET :offset
            """)
        .param("teamId", teamId)
        .param("after", page.afterName())
        .param("text", text)
        .param("limit", page.fetchLimit())
        .param("offset", page.offset())
        .query((row, number) -> app(row))
        .list();
  }

  /**
   * Changes what the request names, where an empty description takes it away; empty if the team has
   * no such app.
   */
  Optional<App> update(long teamId, String slug, UpdateAppRequest changes, Instant now) {
    return jdbc.sql(
            """
            UPDATE apps
               SET description = nullif(trim(coalesce(:description, description)), ''),
                   disabled = coalesce(:disabled, disabled),
                   updated_at = :now
             WHERE team_id = :teamId AND slug = :slug
            RETURNING id, slug, description, disabled, last_version_no, created_at, updated_at
            """)
        .param("description", changes.description())
        .param("disabled", changes.disabled())
        .param("now", now.toEpochMilli())
        .param("teamId", teamId)
        .param("slug", slug)
        .query((row, number) -> app(row))
        .optional();
  }

  /**
   * Takes the app's next version number, and the description if it has none; empty if the team has
   * no such app. Without gaps, since it is undone with the unit of work that it is part of.
   */
  Optional<App> takeVersionNo(long teamId, String slug, @Nullable String description, Instant now) {
    return jdbc.sql(
            """
            UPDATE apps
               SET last_version_no = last_version_no + 1,
                   description = coalesce(description, nullif(trim(:description), '')),
                   updated_at = :now
             WHERE team_id = :teamId AND slug = :slug
            RETURNING id, slug, description, disabled, last_version_no, created_at, updated_at
            """)
        .param("description", description)
        .param("now", now.toEpochMilli())
        .param("teamId", teamId)
        .param("slug", slug)
        .query((row, number) -> app(row))
        .optional();
  }

  private static App app(ResultSet row) throws SQLException {
    return new App(
        row.getLong("id"),
        row.getString("slug"),
        row.getString("description"),
        row.getBoolean("disabled"),
        row.getInt("last_version_no"),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "updated_at"));
  }
}
