package dev.minitower.runner.execution;

/** The preparations of a program ended without anything to start. */
final class SetupEndedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Ending ending;

  SetupEndedException(Ending ending) {
    super(ending.message());
    this.ending = ending;
  }

  Ending ending() {
    return ending;
  }
}
