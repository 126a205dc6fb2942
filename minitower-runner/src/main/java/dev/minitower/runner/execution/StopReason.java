package dev.minitower.runner.execution;

/** Why a workload was stopped before it ended by itself. */
public enum StopReason {
  /** Somebody cancelled the run. */
  CANCELLED,
  /** It ran for longer than it may. */
  TIMEOUT,
  /** The runner is being stopped. */
  SHUTDOWN,
  /** The run may be somebody else's by now. */
  LEASE_LOST
}
