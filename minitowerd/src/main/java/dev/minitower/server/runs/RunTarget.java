package dev.minitower.server.runs;

import org.jspecify.annotations.Nullable;

/**
 * What a new run would run: an app's version.
 *
 * @param paramsSchema the version's input schema as JSON; null if it takes no parameters
 */
record RunTarget(
    long teamId,
    String teamSlug,
    long appId,
    String appSlug,
    long versionId,
    int versionNo,
    @Nullable String paramsSchema) {}
