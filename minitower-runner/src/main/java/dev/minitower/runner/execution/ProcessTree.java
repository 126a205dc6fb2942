package dev.minitower.runner.execution;

import dev.minitower.runner.execution.ProcessTable.Found;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A process and all that came of it: children at any depth, everything in its session, whatever
 * carries the marker in its environment, so that leaving the parent or the session is no escape,
 * and what its {@link Hold} knows of.
 */
final class ProcessTree {
  private static final System.Logger LOG = System.getLogger(ProcessTree.class.getName());
  private static final Duration SHORT_PAUSE = Duration.ofMillis(10);
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(10);

  private final Process root;
  private final Marker marker;
  private final Hold hold;

  ProcessTree(Process root, Marker marker, Hold hold) {
    this.root = root;
    this.marker = marker;
    this.hold = hold;
  }

  /** Asks every member to end. */
  void terminate() {
    for (long pid : find().pids()) {
      if (pid != root.pid() || hold.rootIsWorkload()) {
        var unused = ProcessHandle.of(pid).map(ProcessHandle::destroy);
      }
    }
  }

  boolean isGone() {
    return find().pids().isEmpty();
  }

  /** Waits until no member is left, the time is up or the wait is called off. */
  void awaitGone(Duration atMost, BooleanSupplier calledOff) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!calledOff.getAsBoolean() && System.nanoTime() - end < 0 && !isGone()) {
      Thread.sleep(SHORT_PAUSE.toMillis());
    }
  }

  /**
   * Kills every member, again and again until none is left: one may have been born while the others
   * were killed. Returns only then, because until then the run must not be another's.
   */
  void kill() throws InterruptedException {
    long nextReport = System.nanoTime() + REPORT_INTERVAL.toNanos();
    for (Found left = find(); !left.pids().isEmpty(); left = find()) {
      hold.kill(marker);
      ProcessGroups.kill(left.groups());
      left.pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      if (System.nanoTime() - nextReport > 0) {
        LOG.log(Level.ERROR, "processes don''t die, still trying pids={0}", left.pids());
        nextReport = System.nanoTime() + REPORT_INTERVAL.toNanos();
      }
      Thread.sleep(SHORT_PAUSE.toMillis());
    }
    hold.letGo(marker);
  }

  private Found find() {
    if (!ProcessTable.isAvailable()) {
      var members = new HashSet<Long>();
      root.descendants().map(ProcessHandle::pid).forEach(members::add);
      if (root.isAlive()) {
        members.add(root.pid());
      }
      return new Found(members, Set.of());
    }
    boolean kernelEndsThemTogether = !hold.rootIsWorkload();
    return ProcessTable.find(kernelEndsThemTogether ? 1 : ProcessTable.MANY_LOOKS, this::membersIn);
  }

  private Set<Long> membersIn(ProcessTable table) {
    Set<Long> members = table.familyOf(root.pid());
    members.addAll(table.withEnvironment(marker.entry()));
    members.addAll(hold.members(marker));
    return members;
  }
}
