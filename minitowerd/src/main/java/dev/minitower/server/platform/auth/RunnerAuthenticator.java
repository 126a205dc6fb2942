package dev.minitower.server.platform.auth;

import java.util.Optional;

/** Knows the tokens of runners. Here as an interface because runners are another subject's. */
public interface RunnerAuthenticator {
  /** Empty for a token that is unknown or was rotated away. */
  Optional<RunnerPrincipal> authenticate(String token);
}
