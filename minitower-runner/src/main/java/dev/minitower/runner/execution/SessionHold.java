package dev.minitower.runner.execution;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds by nothing but the session that every workload has, its descent and its marker. Who leaves
 * all three on purpose escapes.
 */
record SessionHold() implements Hold {
  private static final String PLAIN = "umask 077; exec \"$@\"";

  @Override
  public String name() {
    return "session";
  }

  @Override
  public List<String> wrap(List<String> line, Command command) {
    var wrapped = new ArrayList<>(List.of("/bin/sh", "-c", PLAIN, "sh"));
    wrapped.addAll(line);
    return wrapped;
  }

  @Override
  public boolean rootIsWorkload() {
    return true;
  }
}
