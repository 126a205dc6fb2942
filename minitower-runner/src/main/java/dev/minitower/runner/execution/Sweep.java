package dev.minitower.runner.execution;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

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
    return kill(grouped, () -> marked(Marker.entryOfAll(owners)));
  }

  /** Kills one workload; returns how many processes there were. */
  int kill(Marker marker) throws InterruptedException {
    return kill(Set.of(marker), () -> marked(marker.entry()));
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

  private int kill(Set<Marker> grouped, Supplier<Set<Long>> marked) throws InterruptedException {
    int most = 0;
    Set<Long> left = living(grouped, marked);
    for (; !left.isEmpty(); left = living(grouped, marked)) {
      most = Math.max(most, left.size());
      cgroups.ifPresent(groups -> grouped.forEach(groups::kill));
      left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      Thread.sleep(PAUSE_MILLIS);
    }
    cgroups.ifPresent(groups -> grouped.forEach(groups::remove));
    return most;
  }

  private Set<Long> living(Set<Marker> grouped, Supplier<Set<Long>> marked) {
    var living = new HashSet<>(marked.get());
    cgroups.ifPresent(groups -> grouped.forEach(group -> living.addAll(groups.members(group))));
    return living;
  }

  private static Set<Long> marked(String entry) {
    return ProcessTable.isAvailable() ? ProcessTable.read().withEnvironment(entry) : Set.of();
  }
}
