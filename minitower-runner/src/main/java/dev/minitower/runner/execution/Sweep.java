package dev.minitower.runner.execution;

import dev.minitower.runner.execution.ProcessTable.Found;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Ends workloads that nobody supervises: for the watchdog, and for a runner that finds what an
 * earlier start has left. The caller makes sure that no other runner of these owners is alive.
 */
public final class Sweep {
  private static final long PAUSE_MILLIS = 10;

  private final String owners;
  private final Optional<Cgroups> cgroups;

  /**
   * @param owners how the owners of the workloads begin: an instance id for all starts of a runner
   */
  public Sweep(String owners) {
    this(owners, Cgroups.find());
  }

  Sweep(String owners, Optional<Cgroups> cgroups) {
    this.owners = owners;
    this.cgroups = cgroups;
  }

  /** Kills every workload of these owners; returns how many processes there were. */
  public int killAll() throws InterruptedException {
    Set<Marker> grouped = cgroups.map(groups -> groups.of(owners)).orElse(Set.of());
    return kill(grouped, Marker.entryOfAll(owners));
  }

  /** Kills one workload; returns how many processes there were. */
  int kill(Marker marker) throws InterruptedException {
    return kill(Set.of(marker), marker.entry());
  }

  /**
   * Asks the processes of one workload to end.
   *
   * @param wrapped whether its topmost process only wraps it, see {@link Hold#rootIsWorkload}
   */
  void terminate(Marker marker, boolean wrapped) {
    if (!ProcessTable.isAvailable()) {
      return;
    }
    ProcessTable table = ProcessTable.read();
    Set<Long> marked = table.withEnvironment(marker.entry());
    var asked = new HashSet<>(marked);
    if (wrapped) {
      asked.removeIf(pid -> !marked.contains(table.parentOf(pid)));
    }
    cgroups.ifPresent(groups -> asked.addAll(groups.members(marker)));
    asked.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
  }

  private int kill(Set<Marker> grouped, String entry) throws InterruptedException {
    int most = 0;
    Found left = living(grouped, entry);
    for (; !left.pids().isEmpty(); left = living(grouped, entry)) {
      most = Math.max(most, left.pids().size());
      cgroups.ifPresent(groups -> grouped.forEach(groups::kill));
      ProcessGroups.kill(left.groups());
      left.pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      Thread.sleep(PAUSE_MILLIS);
    }
    cgroups.ifPresent(groups -> grouped.forEach(groups::remove));
    return most;
  }

  private Found living(Set<Marker> grouped, String entry) {
    var members = new HashSet<Long>();
    cgroups.ifPresent(groups -> grouped.forEach(group -> members.addAll(groups.members(group))));
    if (!ProcessTable.isAvailable()) {
      return new Found(members, Set.of());
    }
    return ProcessTable.find(
        ProcessTable.MANY_LOOKS,
        table -> {
          members.addAll(table.withEnvironment(entry));
          return members;
        });
  }
}
