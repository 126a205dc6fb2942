package dev.minitower.server.identity;

import org.jspecify.annotations.Nullable;

/**
 * A team as it is stored.
 *
 * @param passwordHash null for a team that nobody can log in to
 */
record Team(long id, String slug, @Nullable String passwordHash) {
  /** Not the generated one: that would show the hash wherever a team is logged. */
  @Override
  public String toString() {
    return "Team[id=%d, slug=%s]".formatted(id, slug);
  }
}
