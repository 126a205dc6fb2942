package dev.minitower.server.platform.auth;

import dev.minitower.model.identity.TokenHash;

/**
 * The runner that asks.
 *
 * @param token what it showed; by the time it is given a run it must still be the runner's
 */
public record RunnerPrincipal(
    long runnerId, String name, String environment, int maxConcurrent, TokenHash token) {}
