package dev.minitower.server.apps;

import dev.minitower.model.api.AppListResponse;
import dev.minitower.model.api.AppResponse;
import dev.minitower.model.api.CreateAppRequest;
import dev.minitower.model.api.RecentRunsResponse;
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
  private final RecentRuns recentRuns;
  private final InstantSource clock;

  AppService(
      Transactions transactions,
      AppRepository apps,
      LastRuns lastRuns,
      RecentRuns recentRuns,
      InstantSource clock) {
    this.transactions = transactions;
    this.apps = apps;
    this.lastRuns = lastRuns;
    this.recentRuns = recentRuns;
    this.clock = clock;
  }

  /** Makes an app. */
  AppResponse create(long teamId, CreateAppRequest request) {
    App created =
        transactions.write(
            () ->
                apps.insert(teamId, request.slug(), request.description(), clock.instant())
                    .orElseThrow(() -> ApiException.slugTaken(request.slug())));
    return response(created, null, null);
  }

  /** One app with its newest run, and what its last runs say if {@code stats}. */
  AppResponse get(long teamId, String slug, boolean stats) {
    return transactions.read(
        () -> {
          App app = apps.find(teamId, slug).orElseThrow(AppService::notFound);
          return shown(List.of(app), stats).get(0);
        });
  }

  /**
   * Apps by slug, each with its newest run, and what its last runs say if {@code stats}.
   *
   * @param text what slug or description must hold; null for all apps
   */
  AppListResponse list(long teamId, @Nullable String text, boolean stats, Page page) {
    return transactions.read(
        () -> {
          List<App> fetched =
              text == null ? apps.list(teamId, page) : apps.search(teamId, text, page);
          return new AppListResponse(
              shown(page.shown(fetched), stats), page.nextCursor(fetched, App::slug));
        });
  }

  /** Changes what the request names; nothing, if it names nothing. */
  AppResponse update(long teamId, String slug, UpdateAppRequest changes) {
    if (changes.description() == null && changes.disabled() == null) {
      return get(teamId, slug, false);
    }
    return transactions.write(
        () ->
            shown(
                    List.of(
                        apps.update(teamId, slug, changes, clock.instant())
                            .orElseThrow(AppService::notFound)),
                    false)
                .get(0));
  }

  static ApiException notFound() {
    return ApiException.notFound("app");
  }

  private List<AppResponse> shown(List<App> some, boolean stats) {
    List<Long> ids = some.stream().map(App::id).toList();
    Map<Long, RunResponse> last = lastRuns.ofApps(ids);
    Map<Long, RecentRunsResponse> recent = stats ? recentRuns.ofApps(ids) : Map.of();
    return some.stream()
        .map(app -> response(app, last.get(app.id()), recent.get(app.id())))
        .toList();
  }

  private static AppResponse response(
      App app, @Nullable RunResponse lastRun, @Nullable RecentRunsResponse recent) {
    return new AppResponse(
        app.id(),
        app.slug(),
        app.description(),
        app.disabled(),
        app.createdAt(),
        app.updatedAt(),
        app.lastVersionNo() == 0 ? null : app.lastVersionNo(),
        lastRun,
        recent);
  }
}
