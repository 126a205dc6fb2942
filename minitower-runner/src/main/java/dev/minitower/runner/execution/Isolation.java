package dev.minitower.runner.execution;

import java.util.Locale;

/** How much of the machine a workload sees; chosen by the operator. */
public enum Isolation {
  /** All that the runner's user may see. */
  PROCESS,
  /** A read-only root, folders of its own for what it writes, and only its own processes. */
  NAMESPACE;

  /** As it stands in settings and on the wire. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
