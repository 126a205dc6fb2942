package dev.minitower.server.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of teams. */
@Repository
final class TeamRepository {
  private final JdbcClient jdbc;

  TeamRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The new team's id; empty if the slug is taken. */
  OptionalLong insert(String slug, String name, @Nullable String passwordHash, Instant now) {
    return jdbc
        .sql(
            """
            INSERT INTO teams (slug, name, password_hash, created_at)
            VALUES (:slug, :name, :passwordHash, :now)
            ON CONFLICT (slug) DO NOTHING
            RETURNING id
            """)
        .param("slug", slug)
        .param("name", name)
        .param("passwordHash", passwordHash)
        .param("now", now.toEpochMilli())
        .query(Long.class)
        .list()
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  Optional<Team> find(String slug) {
    return jdbc.sql("SELECT id, slug, password_hash FROM teams WHERE slug = :slug")
        .param("slug", slug)
        .query(
            (row, number) ->
                new Team(row.getLong("id"), row.getString("slug"), row.getString("password_hash")))
        .optional();
  }

  boolean anyExists() {
    return jdbc.sql("SELECT EXISTS (SELECT 1 FROM teams)").query(Integer.class).single() == 1;
  }

  /** False if there is no such team. */
  boolean setPassword(long teamId, String passwordHash) {
    return jdbc.sql("UPDATE teams SET password_hash = :passwordHash WHERE id = :teamId")
            .param("passwordHash", passwordHash)
            .param("teamId", teamId)
            .update()
        == 1;
  }

  /** False if the password is no longer the one that was compared. */
  boolean replacePassword(long teamId, String oldHash, String newHash) {
    return jdbc.sql(
                """
                UPDATE teams SET password_hash = :newHash
                 WHERE id = :teamId AND password_hash = :oldHash
                """)
            .param("newHash", newHash)
            .param("teamId", teamId)
            .param("oldHash", oldHash)
            .update()
        == 1;
  }
}
