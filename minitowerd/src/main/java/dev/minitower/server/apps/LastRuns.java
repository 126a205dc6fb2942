package dev.minitower.server.apps;

import dev.minitower.model.api.RunResponse;
import java.util.Collection;
import java.util.Map;

/** Knows the newest run of apps. Here as an interface because runs are another subject's. */
public interface LastRuns {
  /** By app id, in one query; an app that was never run is left out. */
  Map<Long, RunResponse> ofApps(Collection<Long> appIds);
}
