package dev.minitower.server.runs;

import org.jspecify.annotations.Nullable;

/** A run to be queued; {@code input} is JSON with the defaults filled in. */
record NewRun(String environment, @Nullable String input, int priority, int maxRetries) {}
