package dev.minitower.cli.command;

import dev.minitower.cli.config.Profile;
import org.jspecify.annotations.Nullable;

/** What a profile holds. The lower-case names are what people type and what is in the file. */
enum ConfigKey {
  server,
  token;

  @Nullable String in(Profile profile) {
    return this == server ? profile.server() : profile.token();
  }
}
