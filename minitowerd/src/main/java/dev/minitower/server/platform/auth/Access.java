package dev.minitower.server.platform.auth;

/** Who may call a route. */
public enum Access {
  /** Anybody. */
  PUBLIC,
  /** The operator, with the bootstrap token; the route is not there when none is set. */
  BOOTSTRAP,
  /** Any token of a team. */
  TEAM,
  /** A team's token with the role admin. */
  ADMIN,
  /** A runner that wants to register. */
  REGISTRATION,
  /** A registered runner; where it speaks of one attempt, the lease token is checked further in. */
  RUNNER
}
