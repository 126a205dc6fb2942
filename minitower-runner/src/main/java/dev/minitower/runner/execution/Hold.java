package dev.minitower.runner.execution;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Keeps the processes of a workload together, so that all of them are found and ended. */
interface Hold {
  /** As it stands in the log. */
  String name();

  /** The command line that runs a line under this hold. */
  List<String> wrap(List<String> line, Command command) throws IOException;

  /**
   * False if the process that is started only wraps the workload and must not be asked to end: the
   * grace period of all others would end with it.
   */
  boolean rootIsWorkload();

  /** The processes of a workload that this hold knows of by itself. */
  default Set<Long> members(Marker marker) {
    return Set.of();
  }

  /** Kills all that it holds at one stroke, where it can. */
  default void kill(Marker marker) {}

  /** Removes what it made for a workload of which no process is left. */
  default void letGo(Marker marker) {}
}
