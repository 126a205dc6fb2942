package dev.minitower.server.apps;

import dev.minitower.model.api.VersionResponse;
import dev.minitower.server.platform.database.Columns;
import dev.minitower.server.platform.web.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table of versions; a row never changes. */
@Repository
final class VersionRepository {
  private static final TypeReference<Map<String, Object>> SCHEMA = new TypeReference<>() {};
  private static final TypeReference<List<String>> PATHS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  VersionRepository(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  VersionResponse insert(long appId, int versionNo, NewVersion version, Instant now) {
    return jdbc.sql(
            """
            INSERT INTO app_versions
              (app_id, version_no, entrypoint, timeout_seconds, params_schema, import_paths,
               towerfile_toml, artifact_sha256, artifact_size, content_sha256, created_at)
            VALUES
              (:appId, :versionNo, :entrypoint, :timeoutSeconds, :paramsSchema, :importPaths,
               :towerfileToml, :artifactSha256, :artifactSize, :contentSha256, :now)
            RETURNING id, version_no, entrypoint, timeout_seconds, params_schema, import_paths,
                      towerfile_toml, artifact_sha256, artifact_size, content_sha256, created_at
            """)
        .param("appId", appId)
        .param("versionNo", versionNo)
        .param("entrypoint", version.entrypoint())
        .param("timeoutSeconds", version.timeoutSeconds())
        .param("paramsSchema", written(version.paramsSchema()))
        .param("importPaths", written(version.importPaths()))
        .param("towerfileToml", version.towerfileToml())
        .param("artifactSha256", version.artifactSha256())
        .param("artifactSize", version.artifactSize())
        .param("contentSha256", version.contentSha256())
        .param("now", now.toEpochMilli())
        .query((row, number) -> version(row))
        .single();
  }

  Optional<VersionResponse> find(long appId, int versionNo) {
    return jdbc.sql(
            """
            SELECT id, version_no, entrypoint, timeout_seconds, params_schema, import_paths,
                   towerfile_toml, artifact_sha256, artifact_size, content_sha256, created_at
              FROM app_versions
             WHERE app_id = :appId AND version_no = :versionNo
            """)
        .param("appId", appId)
        .param("versionNo", versionNo)
        .query((row, number) -> version(row))
        .optional();
  }

  /** Newest first. */
  List<VersionResponse> list(long appId, Page page) {
    return jdbc.sql(
            """
            SELECT id, version_no, entrypoint, timeout_seconds, params_schema, import_paths,
                   towerfile_toml, artifact_sha256, artifact_size, content_sha256, created_at
              FROM app_versions
             WHERE app_id = :appId AND version_no < :before
             ORDER BY version_no DESC, id DESC
             LIMIT :limit OFFSET :offset
            """)
        .param("appId", appId)
        .param("before", page.afterId().orElse(Long.MAX_VALUE))
        .param("limit", page.fetchLimit())
        .param("offset", page.offset())
        .query((row, number) -> version(row))
        .list();
  }

  /** Those of the artifacts that a version names. */
  Set<String> named(Collection<String> artifacts) {
    return jdbc.sql(
            """
            SELECT DISTINCT artifact_sha256
              FROM app_versions
             WHERE artifact_sha256 IN (:artifacts)
            """)
        .param("artifacts", artifacts)
        .query((row, number) -> row.getString("artifact_sha256"))
        .set();
  }

  private VersionResponse version(ResultSet row) throws SQLException {
    return new VersionResponse(
        row.getLong("id"),
        row.getInt("version_no"),
        row.getString("entrypoint"),
        Columns.optionalInt(row, "timeout_seconds"),
        read(row.getString("params_schema"), SCHEMA),
        row.getString("artifact_sha256"),
        row.getString("towerfile_toml"),
        read(row.getString("import_paths"), PATHS),
        Columns.instant(row, "created_at"),
        row.getLong("artifact_size"),
        row.getString("content_sha256"));
  }

  private @Nullable String written(@Nullable Object value) {
    return value == null ? null : json.writeValueAsString(value);
  }

  private <T> @Nullable T read(@Nullable String text, TypeReference<T> type) {
    return text == null ? null : json.readValue(text, type);
  }
}
