package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Within what bounds workloads run on this machine: how each one's processes are held together, how
 * much they see and how much they may use.
 */
public final class Confinement {
  private static final int PROBE_SECONDS = 10;

  private final Hold hold;
  private final Isolation isolation;
  private final Limits limits;
  private final String whyNotBetter;

  Confinement(Hold hold, Isolation isolation, Limits limits, String whyNotBetter) {
    this.hold = hold;
    this.isolation = isolation;
    this.limits = limits;
    this.whyNotBetter = whyNotBetter;
  }

  /**
   * Tries what works here and takes the best of it.
   *
   * @param sandbox used by {@link Isolation#NAMESPACE} only
   * @throws UnavailableException if what was asked for can't be had
   */
  public static Confinement detect(Isolation isolation, Limits limits, Sandbox sandbox)
      throws UnavailableException, InterruptedException {
    if (limits.any()) {
      require(limits.wrap(List.of("true")), "the limits can't be set (prlimit of util-linux)");
    }
    if (isolation == Isolation.NAMESPACE) {
      var bubblewrap = new BubblewrapHold(sandbox);
      require(
          bubblewrap.wrap(List.of("true"), Probe.COMMAND),
          "MINITOWER_ISOLATION=namespace can't be had (install bubblewrap, allow user namespaces)");
      return new Confinement(bubblewrap, isolation, limits, "");
    }
    return best(limits);
  }

  private static Confinement best(Limits limits) throws InterruptedException {
    var refused = new ArrayList<String>();
    for (Hold hold : candidates()) {
      Optional<String> problem = problemWith(hold);
      hold.letGo(Probe.MARKER);
      if (problem.isEmpty()) {
        return new Confinement(hold, Isolation.PROCESS, limits, String.join("; ", refused));
      }
      refused.add("no " + hold.name() + ": " + problem.get());
    }
    return new Confinement(
        new SessionHold(), Isolation.PROCESS, limits, String.join("; ", refused));
  }

  private static List<Hold> candidates() {
    var candidates = new ArrayList<Hold>();
    candidates.add(new NamespaceHold(NamespaceHold.AS_ROOT));
    candidates.add(new NamespaceHold(NamespaceHold.AS_USER));
    Cgroups.find().map(CgroupHold::new).ifPresent(candidates::add);
    return candidates;
  }

  private static Optional<String> problemWith(Hold hold) throws InterruptedException {
    try {
      return problemWith(hold.wrap(List.of("true"), Probe.COMMAND));
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
  }

  private static void require(List<String> line, String otherwise)
      throws UnavailableException, InterruptedException {
    Optional<String> problem = problemWith(line);
    if (problem.isPresent()) {
      throw new UnavailableException(otherwise + ": " + problem.get());
    }
  }

  /** Why a command doesn't work here, in its own words. */
  private static Optional<String> problemWith(List<String> line) throws InterruptedException {
    try {
      Process probe = new ProcessBuilder(line).redirectErrorStream(true).start();
      probe.getOutputStream().close();
      if (!probe.waitFor(PROBE_SECONDS, SECONDS)) {
        probe.destroyForcibly();
        return Optional.of("no answer");
      }
      String output = new String(probe.getInputStream().readAllBytes(), UTF_8).strip();
      return probe.exitValue() == 0
          ? Optional.empty()
          : Optional.of(output.isEmpty() ? "exit code " + probe.exitValue() : output);
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The command line of a command: in a session of its own, held, limited, with umask 077. */
  List<String> wrap(Command command) throws IOException {
    var wrapped = new ArrayList<>(List.of("setsid"));
    wrapped.addAll(hold.wrap(limits.wrap(command.line()), command));
    return wrapped;
  }

  Hold hold() {
    return hold;
  }

  public Isolation isolation() {
    return isolation;
  }

  /** As it stands in the log. */
  @Override
  public String toString() {
    String better = whyNotBetter.isEmpty() ? "" : " (" + whyNotBetter + ")";
    return "isolation=" + isolation.code() + " held_by=" + hold.name() + better;
  }

  /** What stands for a workload while a hold is tried. */
  private static final class Probe {
    static final Marker MARKER = new Marker("probe" + ProcessHandle.current().pid(), 0);
    static final Command COMMAND =
        new Command(
            List.of("true"),
            Map.of(),
            Path.of("/"),
            Duration.ofSeconds(PROBE_SECONDS),
            MARKER,
            new Access(List.of(), List.of(), false));
  }
}
