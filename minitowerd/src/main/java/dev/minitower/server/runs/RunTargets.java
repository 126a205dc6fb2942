package dev.minitower.server.runs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.minitower.server.platform.web.ApiException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What runs are to run, remembered: apps and versions never change and never go. Only which version
 * is the newest does, so a run that names none is created under the guard that it still is, and
 * {@link #forget} is called when it is not.
 */
@Component
final class RunTargets {
  private static final int MAX_ENTRIES = 1_000;

  private final RunTargetRepository targets;
  private final Cache<Wanted, RunTarget> known =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();

  RunTargets(RunTargetRepository targets) {
    this.targets = targets;
  }

  /**
   * What a request names.
   *
   * @param versionNo null for the newest
   */
  record Wanted(long teamId, String app, @Nullable Integer versionNo) {}

  RunTarget find(Wanted wanted) {
    return known.get(wanted, this::look);
  }

  private RunTarget look(Wanted wanted) {
    return targets
        .find(wanted.teamId(), wanted.app(), wanted.versionNo())
        .orElseThrow(() -> missing(wanted));
  }

  private ApiException missing(Wanted wanted) {
    if (targets.appId(wanted.teamId(), wanted.app()).isEmpty()) {
      return ApiException.notFound("app");
    }
    return wanted.versionNo() == null
        ? ApiException.noVersion(wanted.app())
        : ApiException.notFound("version " + wanted.versionNo());
  }

  /** There is a newer version than {@code target}. */
  void forget(Wanted wanted, RunTarget target) {
    boolean unused = known.asMap().remove(wanted, target);
  }
}
