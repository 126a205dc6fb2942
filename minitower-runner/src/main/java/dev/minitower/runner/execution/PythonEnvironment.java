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
import org.jspecify.annotations.Nullable;

/**
 * Finds or makes the Python that a project runs with: the machine's own if it needs no packages,
 * else a virtual environment in the workspace with its packages in it.
 */
final class PythonEnvironment {
  /** The server allows 15 minutes for all preparations. */
  private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(14);

  private static final int VERSION_SECONDS = 10;

  private final String pythonBin;
  private final Supervisor supervisor;
  private final WorkloadEnvironment environment;

  PythonEnvironment(String pythonBin, Supervisor supervisor, WorkloadEnvironment environment) {
    this.pythonBin = pythonBin;
    this.supervisor = supervisor;
    this.environment = environment;
  }

  /** The version line of the interpreter, or what is wrong with it. */
  static String describe(String pythonBin) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(pythonBin, "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      if (!process.waitFor(VERSION_SECONDS, SECONDS)) {
        process.destroyForcibly();
        return "no answer from " + pythonBin;
      }
      return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      return "not usable, runs of Python programs will be handed back: " + e.getMessage();
    }
  }

  /**
   * Makes the project's packages available and returns the interpreter that finds them.
   *
   * @throws SetupEndedException if that fails or was stopped
   */
  Path prepare(Workspace workspace, Marker marker, OutputSink output, StopSignal stop)
      throws IOException, InterruptedException, SetupEndedException {
    Map<String, String> variables = environment.ofInstaller(workspace);
    Path python =
        Programs.find(pythonBin, variables.getOrDefault("PATH", ""))
            .orElseThrow(
                () ->
                    new SetupEndedException(
                        Ending.handedBack("this runner has no Python: " + pythonBin)));
    Optional<Dependencies> dependencies = Dependencies.of(workspace.project());
    if (dependencies.isEmpty()) {
      return python;
    }
    Path venv = workspace.virtualEnvironment();
    Path venvPython = venv.resolve("bin/python");
    var setup = new Step(workspace, variables, marker, output, stop);
    String source = dependencies.get().source();
    output.note("installing the packages of " + source);
    setup.run(
        List.of(python + "", "-m", "venv", "--without-pip", venv + ""),
        "making a virtual environment failed (venv exit code %d)");
    setup.run(
        install(python, venvPython, dependencies.get().installArguments()),
        "installing the requirements of " + source + " failed (pip exit code %d)");
    return venvPython;
  }

  private static List<String> install(Path python, Path venvPython, List<String> what) {
    var line = new ArrayList<>(List.of(python + "", "-m", "pip", "--python", venvPython + ""));
    line.addAll(List.of("install", "--no-input", "--disable-pip-version-check"));
    line.addAll(List.of("--no-cache-dir", "--progress-bar", "off"));
    line.addAll(what);
    return line;
  }

  /** One program of the preparations; its output goes to the run's log. */
  private final class Step {
    private final Workspace workspace;
    private final Map<String, String> variables;
    private final Marker marker;
    private final OutputSink output;
    private final StopSignal stop;

    Step(
        Workspace workspace,
        Map<String, String> variables,
        Marker marker,
        OutputSink output,
        StopSignal stop) {
      this.workspace = workspace;
      this.variables = variables;
      this.marker = marker;
      this.output = output;
      this.stop = stop;
    }

    void run(List<String> line, String failure)
        throws IOException, InterruptedException, SetupEndedException {
      var command = new Command(line, variables, workspace.project(), INSTALL_TIMEOUT, marker);
      Exit exit = supervisor.run(command, output, stop);
      @Nullable StopReason stopped = exit.stopped();
      if (stopped == StopReason.TIMEOUT) {
        throw new SetupEndedException(
            Ending.failed(
                "installing took longer than %d s".formatted(INSTALL_TIMEOUT.toSeconds())));
      }
      if (stopped != null) {
        throw new SetupEndedException(Ending.stopped(stopped));
      }
      if (exit.code() != 0) {
        throw new SetupEndedException(
            new Ending(Ending.Kind.FAILED, null, failure.formatted(exit.code())));
      }
    }
  }
}
