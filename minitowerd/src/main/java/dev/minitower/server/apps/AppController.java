package dev.minitower.server.apps;

import dev.minitower.model.api.AppListResponse;
import dev.minitower.model.api.AppResponse;
import dev.minitower.model.api.CreateAppRequest;
import dev.minitower.model.api.UpdateAppRequest;
import dev.minitower.server.platform.auth.TeamPrincipal;
import dev.minitower.server.platform.web.Page;
import dev.minitower.server.platform.web.SearchText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Apps over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/apps", produces = MediaType.APPLICATION_JSON_VALUE)
final class AppController {
  private static final UpdateAppRequest NOTHING = new UpdateAppRequest(null, null);

  private final AppService apps;

  AppController(AppService apps) {
    this.apps = apps;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  AppResponse create(TeamPrincipal team, @RequestBody CreateAppRequest request) {
    return apps.create(team.teamId(), request);
  }

  @GetMapping
  AppListResponse list(
      TeamPrincipal team,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(defaultValue = "false") boolean stats,
      Page page) {
    return apps.list(team.teamId(), q == null ? null : SearchText.of(q), stats, page);
  }

  @GetMapping("/{app}")
  AppResponse get(
      TeamPrincipal team,
      @PathVariable String app,
      @RequestParam(defaultValue = "false") boolean stats) {
    return apps.get(team.teamId(), app, stats);
  }

  @PatchMapping("/{app}")
  AppResponse update(
      TeamPrincipal team,
      @PathVariable String app,
      @RequestBody(required = false) @Nullable UpdateAppRequest request) {
    return apps.update(team.teamId(), app, request == null ? NOTHING : request);
  }
}
