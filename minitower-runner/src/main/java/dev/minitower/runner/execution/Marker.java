package dev.minitower.runner.execution;

import java.util.Set;

/**
 * What every process of a workload carries in its environment, by which it is found again: also by
 * the next start of the runner, or by the watchdog when the runner has died.
 *
 * @param instanceId of the runner
 */
public record Marker(String instanceId, long attemptId) {
  static final String VARIABLE = "MINITOWER_RUNNER_MARKER";

  /** Ends in a character that no number has, so that attempt 1 doesn't match 12. */
  String value() {
    return instanceId + ":" + attemptId + ";";
  }

  String entry() {
    return VARIABLE + "=" + value();
  }

  static String entryOfAll(String instanceId) {
    return VARIABLE + "=" + instanceId + ":";
  }

  /**
   * Kills what an earlier life of this runner has left behind; returns how many processes there
   * were. The caller makes sure that no other runner of this instance is alive.
   */
  public static int killLeftovers(String instanceId) throws InterruptedException {
    if (!ProcessTable.isAvailable()) {
      return 0;
    }
    int killed = 0;
    Set<Long> left = ProcessTable.read().withEnvironment(entryOfAll(instanceId));
    for (; !left.isEmpty(); left = ProcessTable.read().withEnvironment(entryOfAll(instanceId))) {
      killed = Math.max(killed, left.size());
      left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      Thread.sleep(10);
    }
    return killed;
  }
}
