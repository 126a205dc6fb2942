package dev.minitower.bench.protocol;

/** What a list says about a run. */
public record ListedRun(long runId, String status, int retryCount) {}
