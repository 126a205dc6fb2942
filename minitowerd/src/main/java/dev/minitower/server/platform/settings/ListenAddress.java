package dev.minitower.server.platform.settings;

/**
 * Where a server listens.
 *
 * @param host a name or address; empty for all addresses
 * @param port 0 for any free one
 */
public record ListenAddress(String host, int port) {}
