package dev.minitower.bench.measure;

import java.util.Locale;

/** The kinds of calls whose time is told apart. */
public enum Call {
  CREATE,
  LEASE,
  START,
  LOGS,
  RESULT,
  HEARTBEAT;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
