package dev.minitower.runner.execution;

import java.time.Duration;

/** What it took to get a program's packages, known when its process is about to be started. */
public record Preparation(Packages packages, Duration took) {

  /** Where they are from. */
  public enum Packages {
    /** It needs none. */
    NONE,
    /** An earlier run has installed them. */
    REUSED,
    /** Installed for this run. */
    BUILT
  }
}
