package dev.minitower.server.identity;

import dev.minitower.model.api.Role;
import dev.minitower.model.identity.TokenHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token to be stored.
 *
 * @param createdBy the token that asked for it; null where a password or the operator did
 * @param expiresAt null: never
 */
record NewToken(
    long teamId,
    TokenHash hash,
    @Nullable String name,
    Role role,
    @Nullable Long createdBy,
    @Nullable Instant expiresAt) {}
