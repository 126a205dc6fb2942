package dev.minitower.runner.execution;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The holds that this machine has, so that each is tested wherever it can be. */
public final class Holds {
  private Holds() {}

  static List<Hold> available() throws InterruptedException {
    var available = new ArrayList<Hold>(List.of(new SessionHold()));
    Cgroups.find().map(CgroupHold::new).ifPresent(available::add);
    if (works(NamespaceHold.AS_ROOT)) {
      available.add(new NamespaceHold(NamespaceHold.AS_ROOT));
    }
    if (works(NamespaceHold.AS_USER)) {
      available.add(new NamespaceHold(NamespaceHold.AS_USER));
    }
    if (hasBubblewrap()) {
      available.add(new BubblewrapHold(new Sandbox(List.of(), true)));
    }
    return available;
  }

  public static boolean hasBubblewrap() throws InterruptedException {
    return works(List.of("bwrap", "--ro-bind", "/", "/", "--unshare-pid"));
  }

  private static boolean works(List<String> entry) throws InterruptedException {
    var line = new ArrayList<>(entry);
    line.add("true");
    try {
      return new ProcessBuilder(line).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
