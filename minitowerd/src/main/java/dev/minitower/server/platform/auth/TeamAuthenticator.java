package dev.minitower.server.platform.auth;

import java.util.Optional;

/** Knows the tokens of teams. Here as an interface because tokens are another subject's. */
public interface TeamAuthenticator {
  /** Empty for a token that is unknown, expired or revoked. */
  Optional<TeamPrincipal> authenticate(String token);
}
