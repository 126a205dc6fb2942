package dev.minitower.server.platform.auth;

import dev.minitower.model.api.Role;

/** Who asks, for a team: every query is scoped by {@code teamId}. */
public record TeamPrincipal(long teamId, String teamSlug, long tokenId, Role role) {
  public boolean isAdmin() {
    return role == Role.ADMIN;
  }
}
