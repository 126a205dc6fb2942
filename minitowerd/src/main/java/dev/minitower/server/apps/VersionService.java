package dev.minitower.server.apps;

import dev.minitower.model.api.ErrorCode;
import dev.minitower.model.api.VersionListResponse;
import dev.minitower.model.api.VersionResponse;
import dev.minitower.model.artifact.ArtifactInspector;
import dev.minitower.model.artifact.ArtifactLimits;
import dev.minitower.model.artifact.InspectedArtifact;
import dev.minitower.model.artifact.InvalidArtifactException;
import dev.minitower.server.apps.ArtifactStore.StoredArtifact;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.platform.web.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.InputStreamSource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Service;

/** The versions of a team's apps, and the artifacts behind them. */
@Service
final class VersionService {
  private static final Logger log = LoggerFactory.getLogger(VersionService.class);

  private final Transactions transactions;
  private final AppRepository apps;
  private final VersionRepository versions;
  private final ArtifactStore artifacts;
  private final InstantSource clock;

  VersionService(
      Transactions transactions,
      AppRepository apps,
      VersionRepository versions,
      ArtifactStore artifacts,
      InstantSource clock) {
    this.transactions = transactions;
    this.apps = apps;
    this.versions = versions;
    this.artifacts = artifacts;
    this.clock = clock;
  }

  /** A version's bytes, which were checked when it was deployed. */
  record Artifact(Resource bytes, String sha256) {}

  /**
   * Checks an artifact and makes it the app's next version. The bytes are stored before the row: a
   * crash in between leaves a file that {@link ArtifactCollector} removes.
   */
  VersionResponse deploy(long teamId, String slug, InputStreamSource upload) {
    long unusedApp = appId(teamId, slug);
    InspectedArtifact inspected = inspect(upload);
    refuseOtherName(slug, inspected.towerfile().name());
    store(upload, inspected.artifactSha256());
    NewVersion version = NewVersion.of(inspected);
    String description = inspected.towerfile().description();
    VersionResponse deployed =
        transactions.write(
            () -> {
              Instant now = clock.instant();
              App app =
                  apps.takeVersionNo(teamId, slug, description, now)
                      .orElseThrow(AppService::notFound);
              return versions.insert(app.id(), app.lastVersionNo(), version, now);
            });
    log.info("Deployed version={} app={} team={}", deployed.versionNo(), slug, teamId);
    return deployed;
  }

  private static InspectedArtifact inspect(InputStreamSource upload) {
    try (InputStream bytes = upload.getInputStream()) {
      return ArtifactInspector.inspect(bytes, ArtifactLimits.DEFAULT);
    } catch (InvalidArtifactException e) {
      throw ApiException.badArtifact(e.code(), Objects.requireNonNull(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuseOtherName(String slug, String name) {
    if (!name.equals(slug)) {
      throw ApiException.badArtifact(
          ErrorCode.TOWERFILE_INVALID,
          "app.name: is '%s', but the artifact was sent to the app '%s'".formatted(name, slug));
    }
  }

  private void store(InputStreamSource upload, String expectedSha256) {
    try (InputStream bytes = upload.getInputStream()) {
      StoredArtifact stored = artifacts.store(bytes);
      if (!stored.sha256().equals(expectedSha256)) {
        throw new IllegalStateException("an upload changed between two readings of it");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Versions, newest first. */
  VersionListResponse list(long teamId, String slug, Page page) {
    return transactions.read(
        () -> {
          List<VersionResponse> fetched = versions.list(appId(teamId, slug), page);
          return new VersionListResponse(
              page.shown(fetched),
              page.nextCursor(fetched, version -> String.valueOf(version.versionNo())));
        });
  }

  /** One version. */
  VersionResponse get(long teamId, String slug, int versionNo) {
    return transactions.read(
        () ->
            versions
                .find(appId(teamId, slug), versionNo)
                .orElseThrow(() -> ApiException.notFound("version")));
  }

  /** The bytes of one version. */
  Artifact artifact(long teamId, String slug, int versionNo) {
    String sha256 = get(teamId, slug, versionNo).artifactSha256();
    return new Artifact(artifacts.read(sha256), sha256);
  }

  private long appId(long teamId, String slug) {
    return apps.find(teamId, slug).orElseThrow(AppService::notFound).id();
  }
}
