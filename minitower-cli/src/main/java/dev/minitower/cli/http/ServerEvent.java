package dev.minitower.cli.http;

/** One event of a stream; {@code data} is JSON. */
public record ServerEvent(String name, String data) {}
