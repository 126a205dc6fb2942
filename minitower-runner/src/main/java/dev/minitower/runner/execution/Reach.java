package dev.minitower.runner.execution;

/** What decides the packages that a list of them leads to. Each one covers those before it. */
enum Reach {
  /** The list itself and the package index. */
  INDEX,
  /** Also other files of the project. */
  PROJECT,
  /** More than can be told, or the packages lead back into the project: they serve one run. */
  UNKNOWN;

  Reach and(Reach other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
