package dev.minitower.runner.execution;

import dev.minitower.model.lifecycle.EndReason;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Executes the program of an unpacked project, from its packages to the last of its processes. */
public final class Execution {
  private static final Path SHELL = Path.of("/bin/sh");

  private final Supervisor supervisor;
  private final PythonEnvironment python;
  private final WorkloadEnvironment environment;

  /**
   * @param killGrace the time between TERM and KILL
   * @param ownEnvironment what may be inherited is taken from here
   */
  public Execution(
      Confinement confinement,
      PythonSettings python,
      Duration killGrace,
      Map<String, String> ownEnvironment) {
    this.supervisor = new Supervisor(confinement, killGrace);
    this.environment = new WorkloadEnvironment(ownEnvironment);
    this.python = new PythonEnvironment(python, supervisor, environment);
  }

  /** The version of an interpreter for people, or what is wrong with it. */
  public static String describePython(String pythonBin) throws InterruptedException {
    return PythonEnvironment.describe(pythonBin);
  }

  /**
   * Runs the program to its end. When this returns, or throws, none of its processes is left.
   *
   * @param prepared told when the program is about to be started
   * @throws IOException if this machine can't run it (a full disk, no more processes)
   */
  public Ending run(
      Workload workload,
      Workspace workspace,
      OutputSink output,
      StopSignal stop,
      Consumer<Preparation> prepared)
      throws IOException, InterruptedException {
    Optional<StopReason> stopped = stop.reason();
    if (stopped.isPresent()) {
      return Ending.stopped(stopped.get());
    }
    if (!Files.isRegularFile(workspace.project().resolve(workload.entrypoint()))) {
      return Ending.failed(
          EndReason.ARTIFACT_INVALID,
          "the script " + workload.entrypoint() + " is not in the artifact");
    }
    long startNanos = System.nanoTime();
    try (PreparedPython program = prepare(workload, workspace, output, stop)) {
      Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
      prepared.accept(new Preparation(program.packages(), took));
      Exit exit = supervisor.run(command(workload, workspace, program), output, stop);
      return Ending.of(exit, workload.timeout());
    } catch (SetupEndedException e) {
      return e.ending();
    } catch (IOException e) {
      if (isTooLargeForAnEnvironment(e)) {
        return Ending.failed(
            EndReason.INPUT_TOO_LARGE,
            "the input is too large for a process environment: one value, and the whole, may have"
                + " about 128 KiB");
      }
      throw e;
    }
  }

  private PreparedPython prepare(
      Workload workload, Workspace workspace, OutputSink output, StopSignal stop)
      throws IOException, InterruptedException, SetupEndedException {
    return isShellScript(workload)
        ? PreparedPython.plain(SHELL)
        : python.prepare(workspace, workload.marker(), output, stop);
  }

  private Command command(Workload workload, Workspace workspace, PreparedPython program) {
    Map<String, String> variables = environment.of(workload, workspace);
    Access access = Access.to(workspace);
    Path packages = program.environment();
    if (packages != null) {
      variables.put("VIRTUAL_ENV", packages.toString());
      variables.merge("PATH", packages.resolve("bin").toString(), Execution::prepended);
      access = access.reading(List.of(packages));
    }
    String script = notAnOption(workload.entrypoint());
    String interpreter = program.interpreter().toString();
    return new Command(
        isShellScript(workload) ? List.of(interpreter, script) : List.of(interpreter, "-u", script),
        variables,
        workspace.project(),
        workload.timeout(),
        workload.marker(),
        access);
  }

  private static boolean isShellScript(Workload workload) {
    return workload.entrypoint().endsWith(".sh");
  }

  private static String notAnOption(String path) {
    return path.startsWith("-") ? "./" + path : path;
  }

  private static String prepended(String path, String folder) {
    return folder + File.pathSeparator + path;
  }

  /** E2BIG, which the JDK tells only in words. */
  private static boolean isTooLargeForAnEnvironment(IOException e) {
    return String.valueOf(e.getMessage()).contains("error=7,");
  }
}
