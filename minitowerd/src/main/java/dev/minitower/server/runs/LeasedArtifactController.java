package dev.minitower.server.runs;

import dev.minitower.server.apps.ArtifactStore;
import dev.minitower.server.runs.LeasedRunQueries.LeasedArtifact;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The artifact of the run that a runner holds. */
@RestController
class LeasedArtifactController {
  private final AttemptService attempts;
  private final LeasedRunQueries leasedRuns;
  private final ArtifactStore store;

  LeasedArtifactController(
      AttemptService attempts, LeasedRunQueries leasedRuns, ArtifactStore store) {
    this.attempts = attempts;
    this.leasedRuns = leasedRuns;
    this.store = store;
  }

  /** With an {@code ETag}, by which Spring answers {@code If-None-Match} with 304. */
  @GetMapping("/api/v1/runs/{run}/artifact")
  ResponseEntity<Resource> artifact(LeaseHolder holder) {
    LeasedArtifact artifact = leasedRuns.artifact(attempts.requireLive(holder).runId());
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.parseMediaType("application/gzip"));
    headers.setETag("\"" + artifact.sha256() + "\"");
    headers.set("X-Artifact-SHA256", artifact.sha256());
    headers.set("X-Entrypoint", artifact.entrypoint());
    if (artifact.timeoutSeconds() != null) {
      headers.set("X-Timeout-Seconds", String.valueOf(artifact.timeoutSeconds()));
    }
    if (artifact.importPaths() != null) {
      headers.set("X-Import-Paths", artifact.importPaths());
    }
    return ResponseEntity.ok().headers(headers).body(store.read(artifact.sha256()));
  }
}
