package dev.minitower.bench.server;

import org.jspecify.annotations.Nullable;

/**
 * What opens a server. With a team's token no team is made; else the bootstrap token makes one;
 * else it signs up.
 */
public record Credentials(
    String registrationToken, @Nullable String bootstrapToken, @Nullable String teamToken) {}
