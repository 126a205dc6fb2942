package dev.minitower.server.apps;

import dev.minitower.model.api.VersionListResponse;
import dev.minitower.model.api.VersionResponse;
import dev.minitower.server.apps.VersionService.Artifact;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.platform.web.Page;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Versions over HTTP. */
@RestController
@RequestMapping("/api/v1/apps/{app}/versions")
final class VersionController {
  private static final MediaType GZIP = MediaType.valueOf("application/gzip");

  private final VersionService versions;

  VersionController(VersionService versions) {
    this.versions = versions;
  }

  @PostMapping(
      consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  VersionResponse deploy(
      TeamPrincipal team, @PathVariable String app, @RequestPart MultipartFile artifact) {
    return versions.deploy(team.teamId(), app, artifact);
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  VersionListResponse list(TeamPrincipal team, @PathVariable String app, Page page) {
    return versions.list(team.teamId(), app, page);
  }

  @GetMapping(path = "/{no}", produces = MediaType.APPLICATION_JSON_VALUE)
  VersionResponse get(TeamPrincipal team, @PathVariable String app, @PathVariable int no) {
    return versions.get(team.teamId(), app, no);
  }

  @GetMapping("/{no}/artifact")
  ResponseEntity<Resource> artifact(
      TeamPrincipal team, @PathVariable String app, @PathVariable int no) {
    Artifact artifact = versions.artifact(team.teamId(), app, no);
    return ResponseEntity.ok()
        .contentType(GZIP)
        .eTag(artifact.sha256())
        .header("X-Artifact-SHA256", artifact.sha256())
        .body(artifact.bytes());
  }
}
