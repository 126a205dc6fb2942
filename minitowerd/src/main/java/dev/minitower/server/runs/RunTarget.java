package dev.minitower.server.runs;

import dev.minitower.model.towerfile.InputSchema;
import org.jspecify.annotations.Nullable;

/**
 * What a new run would run: an app's version.
 *
 * @param inputs what the version takes; null if it takes no parameters
 */
record RunTarget(
    long teamId,
    String teamSlug,
    long appId,
    String appSlug,
    long versionId,
    int versionNo,
    @Nullable InputSchema inputs) {}
