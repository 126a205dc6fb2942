package dev.minitower.cli.config;

import org.jspecify.annotations.Nullable;

/** What is remembered of one server: its address and the token got from it. */
public record Profile(@Nullable String server, @Nullable String token) {
  static final Profile EMPTY = new Profile(null, null);

  /** Tokens never reach a log. */
  @Override
  public String toString() {
    return "Profile[server=" + server + ", token=" + (token == null ? "none" : "…") + "]";
  }
}
