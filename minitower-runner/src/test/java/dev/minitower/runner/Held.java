package dev.minitower.runner;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.minitower.runner.execution.Holds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is to hold workloads together, and how a runner is brought to use it on this machine. */
enum Held {
  /** What a runner takes by itself. */
  BY_DEFAULT("isolation=process held_by="),
  BY_BUBBLEWRAP("isolation=namespace held_by=namespace"),
  /** Where neither namespaces nor control groups can be had. */
  BY_SESSION("isolation=process held_by=session");

  /** What a runner needs, but for namespaces. */
  private static final List<String> TOOLS = List.of("setsid", "prlimit", "grep", "cut", "umount");

  /** Hides the control groups from what is started by it. */
  private static final List<String> WITHOUT_CGROUPS =
      List.of(
          "unshare",
          "--mount",
          "/bin/sh",
          "-c",
          "grep ' - cgroup2 ' /proc/self/mountinfo | cut -d' ' -f5 | while read -r point; do"
              + " umount \"$point\" || exit 1; done && exec \"$@\"",
          "sh");

  private final String inForce;

  Held(String inForce) {
    this.inForce = inForce;
  }

  /** What the runner's log has to say about it. */
  String inForce() {
    return inForce;
  }

  RunnerProcess start(Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    switch (this) {
      case BY_DEFAULT -> {
        return RunnerProcess.start(folder, settings);
      }
      case BY_BUBBLEWRAP -> {
        assumeTrue(Holds.hasBubblewrap(), "no bubblewrap");
        return RunnerProcess.start(folder, with(settings, "MINITOWER_ISOLATION", "namespace"));
      }
      case BY_SESSION -> {
        var probe = new ArrayList<>(WITHOUT_CGROUPS);
        probe.add("true");
        assumeTrue(works(probe.toArray(String[]::new)), "control groups can't be hidden");
        var poor = with(settings, "PATH", pathWithoutNamespaces(folder).toString());
        return RunnerProcess.start(folder, WITHOUT_CGROUPS, poor);
      }
    }
    throw new IllegalStateException();
  }

  private static boolean works(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, String> with(Map<String, String> settings, String name, String value) {
    var all = new HashMap<>(settings);
    all.put(name, value);
    return all;
  }

  private static Path pathWithoutNamespaces(Path folder) throws IOException {
    Path path = Files.createDirectories(folder.resolve("bin"));
    for (String tool : TOOLS) {
      Path script = path.resolve(tool);
      Files.writeString(script, "#!/bin/sh\nPATH=/usr/bin:/bin exec %s \"$@\"\n".formatted(tool));
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return path;
  }
}
