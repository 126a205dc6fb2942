package dev.minitower.runner.execution;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A control group for each workload: no process leaves it, and the kernel kills it as a whole. */
record CgroupHold(Cgroups cgroups) implements Hold {
  private static final String JOIN =
      "umask 077; echo 0 >\"$1/cgroup.procs\" || exit 126; shift; exec \"$@\"";

  @Override
  public String name() {
    return "cgroup";
  }

  @Override
  public List<String> wrap(List<String> line, Command command) throws IOException {
    String group = cgroups.create(command.marker()).toString();
    var wrapped = new ArrayList<>(List.of("/bin/sh", "-c", JOIN, "sh", group));
    wrapped.addAll(line);
    return wrapped;
  }

  @Override
  public boolean rootIsWorkload() {
    return true;
  }

  @Override
  public Set<Long> members(Marker marker) {
    return cgroups.members(marker);
  }

  @Override
  public void kill(Marker marker) {
    cgroups.kill(marker);
  }

  @Override
  public void letGo(Marker marker) {
    cgroups.remove(marker);
  }
}
