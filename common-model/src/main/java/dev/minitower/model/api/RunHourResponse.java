package dev.minitower.model.api;

import java.time.Instant;

/** The runs that finished in the hour that begins at {@code hour}, by how they ended. */
public record RunHourResponse(
    Instant hour, long completed, long failed, long cancelled, long dead) {}
