package dev.minitower.runner.execution;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Kills process groups as a whole: nothing in one can fork faster than that. */
final class ProcessGroups {
  private static final System.Logger LOG = System.getLogger(ProcessGroups.class.getName());

  private ProcessGroups() {}

  static void kill(Set<Long> groups) throws InterruptedException {
    if (groups.isEmpty()) {
      return;
    }
    var line = new ArrayList<>(List.of("/bin/sh", "-c", "kill -s KILL -- \"$@\"", "sh"));
    groups.forEach(group -> line.add("-" + group));
    try {
      Process kill =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      var unused = kill.waitFor();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "no group kill: {0}", e.getMessage());
    }
  }
}
