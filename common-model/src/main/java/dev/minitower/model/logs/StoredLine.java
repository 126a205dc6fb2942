package dev.minitower.model.logs;

import dev.minitower.model.api.LogStream;
import java.time.Instant;

/** One line of a chunk without its number, which follows from its place. */
public record StoredLine(LogStream stream, Instant loggedAt, String text) {}
