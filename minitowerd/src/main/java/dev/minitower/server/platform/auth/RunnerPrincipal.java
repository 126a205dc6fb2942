package dev.minitower.server.platform.auth;

/** The runner that asks. */
public record RunnerPrincipal(long runnerId, String name, String environment, int maxConcurrent) {}
