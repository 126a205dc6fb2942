package dev.minitower.server.apps;

import dev.minitower.model.api.AppListResponse;
import dev.minitower.model.api.AppResponse;
import dev.minitower.model.api.CreateAppRequest;
import dev.minitower.model.api.RunResponse;
import dev.minitower.model.api.UpdateAppRequest;
import dev.minitower.server.platform.database.Transactions;
import dev.minitower.server.platform.web.ApiException;
import dev.minitower.server.platform.web.Page;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** A team's apps. Another team's are not there. */
@Service
final class AppService {
  private final Transactions transactions;
  private final AppRepository apps;
  private final LastRuns lastRuns;
  private final InstantSource clock;

  AppService(
      Transactions transactions, AppRepository apps, LastRuns lastRuns, InstantSource clock) {
    this.transactions = transactions;
    this.apps = apps;
    this.lastRuns = lastRuns;
    this.clock = clock;
  }

  /** Makes an app. */
  AppResponse create(long teamId, CreateAppRequest request) {
    App created =
        transactions.write(
            () ->
                apps.insert(teamId, request.slug(), request.description(), clock.instant())
                    .orElseThrow(() -> ApiException.slugTaken(request.slug())));
    return response(created, null);
  }

  /** One app with its newest run. */
  AppResponse get(long teamId, String slug) {
    return transactions.read(
        () -> withLastRun(apps.find(teamId, slug).orElseThrow(AppService::notFound)));
  }

  /** Apps by slug, each with its newest run. */
  AppListResponse list(long teamId, Page page) {
    return transactions.read(
        () -> {
          List<App> fetched = apps.list(teamId, page);
          List<App> shown = page.shown(fetched);
          Map<Long, RunResponse> runs = lastRuns.ofApps(shown.stream().map(App::id).toList());
          return new AppListResponse(
              shown.stream().map(app -> response(app, runs.get(app.id()))).toList(),
              page.nextCursor(fetched, App::slug));
        });
  }

  /** Changes what the request names; nothing, if it names nothing. */
  AppResponse update(long teamId, String slug, UpdateAppRequest changes) {
    if (changes.description() == null && changes.disabled() == null) {
      return get(teamId, slug);
    }
    return transactions.write(
        () ->
            withLastRun(
                apps.update(teamId, slug, changes, clock.instant())
                    .orElseThrow(AppService::notFound)));
  }

  static ApiException notFound() {
    return ApiException.notFound("app");
  }

  private AppResponse withLastRun(App app) {
    return response(app, lastRuns.ofApps(List.of(app.id())).get(app.id()));
  }

  private static AppResponse response(App app, @Nullable RunResponse lastRun) {
    return new AppResponse(
        app.id(),
        app.slug(),
        app.description(),
        app.disabled(),
        app.createdAt(),
        app.updatedAt(),
        app.lastVersionNo() == 0 ? null : app.lastVersionNo(),
        lastRun);
  }
}
