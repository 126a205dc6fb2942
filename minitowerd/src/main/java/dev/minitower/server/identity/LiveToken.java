package dev.minitower.server.identity;

import dev.minitower.server.platform.auth.TeamPrincipal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token that is not revoked, and whom it stands for. */
record LiveToken(TeamPrincipal principal, @Nullable Instant expiresAt) {
  boolean isValidAt(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }
}
