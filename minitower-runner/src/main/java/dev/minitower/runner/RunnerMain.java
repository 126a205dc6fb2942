package dev.minitower.runner;

import dev.minitower.runner.execution.UnavailableException;
import dev.minitower.runner.loop.RunnerStoppedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line: no arguments, all settings come from the environment. */
@Command(
    name = "minitower-runner",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100,
    versionProvider = RunnerMain.Version.class,
    description = "Executes runs for a MiniTower control plane.",
    footerHeading = "%nSettings (environment variables):%n",
    footer = {
      "  MINITOWER_SERVER_URL                      the control plane (required)",
      "  MINITOWER_RUNNER_REGISTRATION_TOKEN       or ..._FILE, a file that holds it (required)",
      "  MINITOWER_RUNNER_NAME                     default: the host name",
      "  MINITOWER_RUNNER_ENVIRONMENT              whose runs to take (default)",
      "  MINITOWER_RUNNER_CONCURRENCY              how many runs at once (1)",
      "  MINITOWER_PYTHON_BIN                      the interpreter (python3)",
      "  MINITOWER_UV_BIN                          installs packages if it is there, or none (uv)",
      "  MINITOWER_CACHE_MAX_SIZE                  packages and artifacts kept for later (5GiB)",
      "  MINITOWER_POLL_INTERVAL                   for servers that can't hold a question (3s)",
      "  MINITOWER_KILL_GRACE_PERIOD               from TERM to KILL (10s)",
      "  MINITOWER_DRAIN_TIMEOUT                   how long runs may go on after SIGTERM (5m)",
      "  MINITOWER_DATA_DIR                        workspaces, caches, unsent results (~/.minitower)",
      "  MINITOWER_ISOLATION                       process or namespace (process)",
      "  MINITOWER_ISOLATION_NETWORK               false: no network in namespaces (true)",
      "  MINITOWER_LIMIT_OPEN_FILES, _PROCESSES,   what each process of a run may use (unlimited)",
      "  _MEMORY, _CPU_TIME",
      "  MINITOWER_LOG_SPOOL_MAX_SIZE              output of a run that may wait (256MiB)",
      "  MINITOWER_MIN_FREE_SPACE                  below this no run is taken (1GiB)",
      "",
      "SIGTERM: takes no more runs and ends when those under way have ended. SIGTERM again: ends",
      "them and hands them back. docs/runner.md says the rest."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by a signal, runs handed back",
      "1:could not go on; the last line says why",
      "2:a setting or argument is wrong"
    })
public final class RunnerMain implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int BAD_SETTING = 2;

  @Spec private CommandSpec spec;

  /** Ends the process with one of the documented exit codes. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new RunnerMain()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter errors = spec.commandLine().getErr();
    try {
      RunnerSettings settings = new SettingsReader(System.getenv()).read();
      OneLineFormatter.install();
      var runner = new Runner(settings, Version.current());
      StopSignals.handle(runner::signalled);
      runner.run();
      return 0;
    } catch (InvalidSettingException e) {
      errors.println("minitower-runner: " + e.getMessage());
      return BAD_SETTING;
    } catch (RunnerStoppedException | UnavailableException e) {
      errors.println("minitower-runner: " + e.getMessage());
      return FAILED;
    } catch (IOException e) {
      errors.println("minitower-runner: can't go on: " + e.getMessage());
      return FAILED;
    }
  }

  /** What the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    static String current() {
      @Nullable String version = RunnerMain.class.getPackage().getImplementationVersion();
      return Objects.requireNonNullElse(version, "development");
    }

    @Override
    public String[] getVersion() {
      return new String[] {"minitower-runner " + current()};
    }
  }
}
