package dev.minitower.server.identity;

import dev.minitower.model.api.Role;
import dev.minitower.model.api.TokenResponse;
import dev.minitower.model.identity.TokenHash;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.platform.database.Columns;
import dev.minitower.server.platform.web.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table of team tokens. A member's own tokens are the one it holds and those it made; an admin
 * sees the team's.
 */
@Repository
final class TokenRepository {
  private final JdbcClient jdbc;

  TokenRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  long insert(NewToken token, Instant now) {
    return jdbc.sql(
            """
            INSERT INTO team_tokens
              (team_id, name, role, token_hash, created_by, created_at, expires_at)
            VALUES (:teamId, :name, :role, :hash, :createdBy, :now, :expiresAt)
            RETURNING id
            """)
        .param("teamId", token.teamId())
        .param("name", token.name())
        .param("role", token.role().code())
        .param("hash", token.hash().hex())
        .param("createdBy", token.createdBy())
        .param("now", now.toEpochMilli())
        .param("expiresAt", Columns.millis(token.expiresAt()))
        .query(Long.class)
        .single();
  }

  /** Empty for a token that is unknown or revoked; it may have expired. */
  Optional<LiveToken> findUnrevoked(TokenHash hash) {
    return jdbc.sql(
            """
            SELECT t.id, t.team_id, t.role, t.expires_at, teams.slug
              FROM team_tokens t
              JOIN teams ON teams.id = t.team_id
             WHERE t.token_hash = :hash AND t.revoked_at IS NULL
            """)
        .param("hash", hash.hex())
        .query((row, number) -> liveToken(row))
        .optional();
  }

  private static LiveToken liveToken(ResultSet row) throws SQLException {
    return new LiveToken(
        new TeamPrincipal(
            row.getLong("team_id"),
            row.getString("slug"),
            row.getLong("id"),
            Role.of(row.getString("role"))),
        Columns.optionalInstant(row, "expires_at"));
  }

  boolean isUnrevoked(long tokenId) {
    return jdbc.sql(
                """
                SELECT count(*) FROM team_tokens WHERE id = :tokenId AND revoked_at IS NULL
                """)
            .param("tokenId", tokenId)
            .query(Integer.class)
            .single()
        == 1;
  }

  /** Newest first: those that {@code viewer} may see. */
  List<TokenResponse> list(TeamPrincipal viewer, Page page) {
    return jdbc.sql(
            """
            SELECT id, name, role, created_at, last_used_at, expires_at, revoked_at
              FROM team_tokens
             WHERE team_id = :teamId AND id < :before
               AND (:all OR id = :tokenId OR created_by = :tokenId)
             ORDER BY id DESC
             LIMIT :limit OFFSET :offset
            """)
        .param("teamId", viewer.teamId())
        .param("before", page.afterId().orElse(Long.MAX_VALUE))
        .param("all", viewer.isAdmin())
        .param("tokenId", viewer.tokenId())
        .param("limit", page.fetchLimit())
        .param("offset", page.offset())
        .query((row, number) -> response(row, viewer))
        .list();
  }

  private static TokenResponse response(ResultSet row, TeamPrincipal viewer) throws SQLException {
    long id = row.getLong("id");
    return new TokenResponse(
        id,
        row.getString("name"),
        Role.of(row.getString("role")),
        Columns.instant(row, "created_at"),
        Columns.optionalInstant(row, "last_used_at"),
        Columns.optionalInstant(row, "expires_at"),
        Columns.optionalInstant(row, "revoked_at"),
        id == viewer.tokenId());
  }

  /**
   * The hash of the token that is now revoked, also if it was before; empty if there is none that
   * {@code revoker} may end.
   */
  Optional<TokenHash> revoke(TeamPrincipal revoker, long tokenId, Instant now) {
    return jdbc.sql(
            """
            UPDATE team_tokens
               SET revoked_at = coalesce(revoked_at, :now)
             WHERE id = :id AND team_id = :teamId
               AND (:any OR id = :tokenId OR created_by = :tokenId)
            RETURNING token_hash
            """)
        .param("now", now.toEpochMilli())
        .param("id", tokenId)
        .param("teamId", revoker.teamId())
        .param("any", revoker.isAdmin())
        .param("tokenId", revoker.tokenId())
        .query((row, number) -> new TokenHash(row.getString("token_hash")))
        .optional();
  }

  /**
   * Writes when tokens were last used and returns how many rows that were.
   *
   * @param lastUses a JSON object of token id to epoch milliseconds
   */
  int saveLastUses(String lastUses) {
    return jdbc.sql(
            """
            UPDATE team_tokens
               SET last_used_at = uses.value
              FROM json_each(:lastUses) AS uses
             WHERE team_tokens.id = CAST(uses.key AS INTEGER)
            """)
        .param("lastUses", lastUses)
        .update();
  }
}
