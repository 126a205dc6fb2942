package dev.minitower.server.apps;

import dev.minitower.model.api.RecentRunsResponse;
import java.util.Collection;
import java.util.Map;

/**
 * Knows what the last finished runs of apps say. Here as an interface because runs are another
 * subject's.
 */
public interface RecentRuns {
  /** By app id, in one query; an app without any is in it too. */
  Map<Long, RecentRunsResponse> ofApps(Collection<Long> appIds);
}
