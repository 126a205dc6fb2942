package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.minitower.model.lifecycle.EndReason;
import dev.minitower.runner.cache.Cache;
import dev.minitower.runner.cache.Claim;
import dev.minitower.runner.cache.Wheels;
import dev.minitower.runner.execution.Preparation.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds or makes the Python that a project runs with: the machine's own if it needs no packages,
 * else a virtual environment with its packages in it, shared by all runs that need the same.
 */
final class PythonEnvironment {
  private static final int VERSION_SECONDS = 10;

  private final String pythonBin;
  private final Cache cache;
  private final Installers installers;
  private final Interpreter.Known interpreters = new Interpreter.Known();
  private final Supervisor supervisor;
  private final WorkloadEnvironment environment;

  PythonEnvironment(
      PythonSettings settings, Supervisor supervisor, WorkloadEnvironment environment) {
    this.pythonBin = settings.pythonBin();
    this.cache = settings.cache();
    this.installers = new Installers(settings.uvBin());
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
   * Makes the project's packages available until the answer is closed.
   *
   * @throws SetupEndedException if that fails or was stopped
   */
  PreparedPython prepare(Workspace workspace, Marker marker, OutputSink output, StopSignal stop)
      throws IOException, InterruptedException, SetupEndedException {
    Map<String, String> variables = environment.ofInstaller(workspace);
    Path found =
        Programs.find(pythonBin, variables.getOrDefault("PATH", ""))
            .orElseThrow(() -> unusable("this runner has no Python: "));
    Optional<Dependencies> dependencies = Dependencies.of(workspace.project());
    if (dependencies.isEmpty()) {
      return PreparedPython.plain(found);
    }
    Interpreter interpreter =
        interpreters
            .at(found, variables)
            .orElseThrow(() -> unusable("the Python of this runner does not work: "));
    Installer installer = installers.choose(interpreter.executable(), variables);
    var plan = new EnvironmentPlan(dependencies.get(), interpreter, installer, variables);
    return prepare(plan, new Setup(supervisor, workspace, marker, output, stop));
  }

  private SetupEndedException unusable(String reason) {
    return new SetupEndedException(Ending.handedBack(EndReason.NO_INTERPRETER, reason + pythonBin));
  }

  private PreparedPython prepare(EnvironmentPlan plan, Setup setup)
      throws IOException, InterruptedException, SetupEndedException {
    Claim claim = claim(plan, setup);
    if (claim.isFilled()) {
      setup.note(plan.title() + "reused");
      return PreparedPython.of(claim, Packages.REUSED);
    }
    boolean ready = false;
    try {
      setup.note(plan.title() + "installing with " + plan.installer().kind().title());
      fill(claim, plan, setup);
      setup.note(plan.title() + "installed in " + seconds(setup.elapsed()));
      ready = true;
      return PreparedPython.of(claim, Packages.BUILT);
    } finally {
      if (!ready) {
        claim.close();
      }
    }
  }

  private Claim claim(EnvironmentPlan plan, Setup setup)
      throws IOException, InterruptedException, SetupEndedException {
    Path ownFolder = setup.workspace().virtualEnvironment();
    if (plan.dependencies().reach() == Reach.UNKNOWN) {
      return Claim.outside(ownFolder);
    }
    return cache
        .environments()
        .claim(
            EnvironmentKey.of(plan, setup.workspace().project()),
            EnvironmentFiles::areSound,
            ownFolder,
            setup.patience(plan.title() + "another run installs the same, waiting for it"))
        .orElseThrow(setup::waitedInVain);
  }

  private void fill(Claim claim, EnvironmentPlan plan, Setup setup)
      throws IOException, InterruptedException, SetupEndedException {
    Path folder = Files.createDirectories(claim.folder());
    Optional<Wheels.Use> wheels = cache.wheels().use();
    try {
      Optional<Path> kept = wheels.map(Wheels.Use::folder);
      Map<String, String> variables = plan.installer().variables(plan.variables(), kept);
      List<Path> writable = kept.map(wheel -> List.of(folder, wheel)).orElse(List.of(folder));
      var access = Access.to(setup.workspace()).writingWithNetwork(writable);
      setup.run(
          plan.makeLine(folder),
          variables,
          access,
          "making a virtual environment failed (exit code %d)");
      setup.run(plan.installLine(folder), variables, access, plan.failure());
    } finally {
      wheels.ifPresent(Wheels.Use::close);
    }
    EnvironmentFiles.rename(folder, claim.destination());
    claim.publish();
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
