package dev.minitower.bench.seed;

import dev.minitower.bench.seed.Artifacts.Artifact;
import dev.minitower.model.identity.TokenHash;
import java.sql.Connection;
import java.sql.SQLException;

/** The rows of teams and what belongs to them, each with the id that it is given here. */
final class TenantInserts implements AutoCloseable {
  private final Insert teams;
  private final Insert tokens;
  private final Insert environments;
  private final Insert apps;
  private final Insert versions;
  private final long at;
  private long teamId;
  private long environmentId;
  private long appId;
  private long versionId;

  TenantInserts(Connection connection, SeedPlan plan) throws SQLException {
    at = plan.until().minus(plan.span()).toEpochMilli();
    teamId = Ids.next(connection, "teams");
    environmentId = Ids.next(connection, "environments");
    appId = Ids.next(connection, "apps");
    versionId = Ids.next(connection, "app_versions");
    teams = new Insert(connection, "teams", "id", "slug", "name", "created_at");
    tokens =
        new Insert(
            connection, "team_tokens", "team_id", "name", "role", "token_hash", "created_at");
    environments = new Insert(connection, "environments", "id", "team_id", "name", "created_at");
    apps =
        new Insert(
            connection,
            "apps",
            "id",
            "team_id",
            "slug",
            "description",
            "last_version_no",
            "created_at",
            "updated_at");
    versions =
        new Insert(
            connection,
            "app_versions",
            "id",
            "app_id",
            "version_no",
            "entrypoint",
            "towerfile_toml",
            "artifact_sha256",
            "artifact_size",
            "content_sha256",
            "created_at");
  }

  long team(String slug, TokenHash token) throws SQLException {
    teams.add(teamId, slug, "Team " + slug, at);
    tokens.add(teamId, "seeded", "admin", token.hex(), at);
    return teamId++;
  }

  long environment(long ofTeam, String name) throws SQLException {
    environments.add(environmentId, ofTeam, name, at);
    return environmentId++;
  }

  long app(long ofTeam, String slug, int lastVersionNo) throws SQLException {
    apps.add(appId, ofTeam, slug, "What " + slug + " is for", lastVersionNo, at, at);
    return appId++;
  }

  long version(long ofApp, int no, Artifact artifact) throws SQLException {
    versions.add(
        versionId,
        ofApp,
        no,
        "main.py",
        artifact.towerfile(),
        artifact.sha256(),
        artifact.size(),
        artifact.contentSha256(),
        at);
    return versionId++;
  }

  void flush() throws SQLException {
    for (Insert insert : new Insert[] {teams, tokens, environments, apps, versions}) {
      insert.flush();
    }
  }

  @Override
  public void close() throws SQLException {
    for (Insert insert : new Insert[] {teams, tokens, environments, apps, versions}) {
      insert.close();
    }
  }
}
