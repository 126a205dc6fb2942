package dev.minitower.runner.execution;

/**
 * What every process of a workload carries in its environment, by which it is found again: also by
 * the next start of the runner, or by the watchdog when the runner has died.
 *
 * @param owner the runner's instance id, followed by what tells one start of it from the next, so
 *     that the watchdog of the last start never touches what this one has started
 */
public record Marker(String owner, long attemptId) {
  static final String VARIABLE = "MINITOWER_RUNNER_MARKER";

  /** Ends in a character that no number has, so that attempt 1 doesn't match 12. */
  String value() {
    return owner + ":" + attemptId + ";";
  }

  String entry() {
    return VARIABLE + "=" + value();
  }

  /** How the entries of all owners begin that begin like this. */
  static String entryOfAll(String owners) {
    return VARIABLE + "=" + owners;
  }
}
