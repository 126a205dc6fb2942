package dev.minitower.server.apps;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An app as it is stored.
 *
 * @param lastVersionNo 0 before the first version
 */
record App(
    long id,
    String slug,
    @Nullable String description,
    boolean disabled,
    int lastVersionNo,
    Instant createdAt,
    Instant updatedAt) {}
