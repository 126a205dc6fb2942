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

/** Executes the program of an unpacked project, from its packages to the last of its processes. */
public final class Execution {
  private static final String SHELL = "/bin/sh";

  private final Supervisor supervisor;
  private final PythonEnvironment python;
  private final WorkloadEnvironment environment;

  /**
   * @param pythonBin name or path of the interpreter
   * @param killGrace the time between TERM and KILL
   * @param ownEnvironment what may be inherited is taken from here
   */
  public Execution(
      Confinement confinement,
      String pythonBin,
      Duration killGrace,
      Map<String, String> ownEnvironment) {
    this.supervisor = new Supervisor(confinement, killGrace);
    this.environment = new WorkloadEnvironment(ownEnvironment);
    this.python = new PythonEnvironment(pythonBin, supervisor, environment);
  }

  /** The version of an interpreter for people, or what is wrong with it. */
  public static String describePython(String pythonBin) throws InterruptedException {
    return PythonEnvironment.describe(pythonBin);
  }

  /**
   * Runs the program to its end. When this returns, or throws, none of its processes is left.
   *
   * @throws IOException if this machine can't run it (a full disk, no more processes)
   */
  public Ending run(Workload workload, Workspace workspace, OutputSink output, StopSignal stop)
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
    Map<String, String> variables = environment.of(workload, workspace);
    try {
      var command =
          new Command(
              commandLine(workload, workspace, variables, output, stop),
              variables,
              workspace.project(),
              workload.timeout(),
              workload.marker(),
              new Access(List.of(workspace.project(), workspace.scratch()), List.of(), false));
      return Ending.of(supervisor.run(command, output, stop), workload.timeout());
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

  private List<String> commandLine(
      Workload workload,
      Workspace workspace,
      Map<String, String> variables,
      OutputSink output,
      StopSignal stop)
      throws IOException, InterruptedException, SetupEndedException {
    String script = notAnOption(workload.entrypoint());
    if (script.endsWith(".sh")) {
      return List.of(SHELL, script);
    }
    Path interpreter = python.prepare(workspace, workload.marker(), output, stop);
    if (interpreter.startsWith(workspace.virtualEnvironment())) {
      variables.put("VIRTUAL_ENV", workspace.virtualEnvironment().toString());
      variables.merge(
          "PATH", workspace.virtualEnvironment().resolve("bin").toString(), Execution::prepended);
    }
    return List.of(interpreter.toString(), "-u", script);
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
