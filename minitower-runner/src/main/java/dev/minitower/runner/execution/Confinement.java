package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a workload's process tree is held together, from the best that this machine allows.
 *
 * @param whyNotBetter for the operator; empty if this is the best there is
 */
public record Confinement(Level level, String whyNotBetter) {

  /** What holds a tree together. */
  public enum Level {
    /** A pid namespace: the kernel ends everything in it with its first process. */
    NAMESPACE,
    /** A session, and the marker for what leaves it. */
    SESSION
  }

  private static final List<String> UNSHARE =
      List.of("unshare", "--pid", "--fork", "--kill-child=KILL", "--mount-proc", "--");
  private static final int PROBE_SECONDS = 10;

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

  private static final String PLAIN = "umask 077; exec \"$@\"";

  /** As it stands in the log. */
  @Override
  public String toString() {
    String name = level.name().toLowerCase(Locale.ROOT);
    return whyNotBetter.isEmpty() ? name : name + " (" + whyNotBetter + ")";
  }

  /** Tries what works here. */
  public static Confinement detect() throws InterruptedException {
    var command = new ArrayList<>(UNSHARE);
    command.add("true");
    try {
      Process probe = new ProcessBuilder(command).redirectErrorStream(true).start();
      probe.getOutputStream().close();
      boolean ended = probe.waitFor(PROBE_SECONDS, SECONDS);
      if (ended && probe.exitValue() == 0) {
        return new Confinement(Level.NAMESPACE, "");
      }
      String output =
          ended ? new String(probe.getInputStream().readAllBytes(), UTF_8) : "no answer";
      return new Confinement(Level.SESSION, "no pid namespace: " + output.strip());
    } catch (IOException e) {
      return new Confinement(Level.SESSION, "no pid namespace: " + e.getMessage());
    }
  }

  /** The command line that runs a command, in a session of its own and with umask 077. */
  List<String> wrap(List<String> command) {
    var wrapped = new ArrayList<String>();
    wrapped.add("setsid");
    switch (level) {
      case NAMESPACE -> {
        wrapped.addAll(UNSHARE);
        wrapped.addAll(List.of("/bin/sh", "-c", FIRST_PROCESS, "sh"));
      }
      case SESSION -> wrapped.addAll(List.of("/bin/sh", "-c", PLAIN, "sh"));
    }
    wrapped.addAll(command);
    return wrapped;
  }

  /** False if the process that was started only wraps the workload and must not be asked to end. */
  boolean rootIsWorkload() {
    return level == Level.SESSION;
  }
}
