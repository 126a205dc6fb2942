package dev.minitower.runner.execution;

import java.util.ArrayList;
import java.util.List;

/**
 * A pid namespace for each workload: the kernel ends everything in it with its first process, and
 * its {@code /proc} shows nothing of the runner.
 *
 * @param entry what enters a new namespace, ending in the separator before the command
 */
record NamespaceHold(List<String> entry) implements Hold {
  static final List<String> AS_ROOT =
      List.of("unshare", "--pid", "--fork", "--kill-child=KILL", "--mount-proc", "--");

  /** Needs no privilege where the system lets users make user namespaces. */
  static final List<String> AS_USER =
      List.of(
          "unshare",
          "--user",
          "--map-current-user",
          "--pid",
          "--fork",
          "--kill-child=KILL",
          "--mount-proc",
          "--");

  /**
   * The first process of the namespace. Ends with the program and takes all others along, but after
   * a TERM waits for them, so that the grace period is theirs too (the runner ends that wait). Its
   * variables have names that no input can set before.
   */
  private static final String FIRST_PROCESS =
      """
      umask 077
      trap 'MINITOWER_STOPPING=1' TERM
      exec 3>&2 2>/dev/null
      (exec "$@" 2>&3 3>&-)
      MINITOWER_CODE=$?
      exec 3>&-
      while [ -n "$MINITOWER_STOPPING" ] && set -- /proc/[0-9]* && [ $# -gt 1 ]; do sleep 0.02; done
      exit $MINITOWER_CODE
      """;

  /** Runs a line as the first process of a namespace does. */
  static List<String> first(List<String> line) {
    var first = new ArrayList<>(List.of("/bin/sh", "-c", FIRST_PROCESS, "sh"));
    first.addAll(line);
    return first;
  }

  @Override
  public String name() {
    return "namespace";
  }

  @Override
  public List<String> wrap(List<String> line, Command command) {
    var wrapped = new ArrayList<>(entry);
    wrapped.addAll(first(line));
    return wrapped;
  }

  @Override
  public boolean rootIsWorkload() {
    return false;
  }
}
