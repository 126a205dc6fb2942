package dev.minitower.runner;

import dev.minitower.runner.loop.RunnerStoppedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
      "  MINITOWER_DATA_DIR                        workspaces, unsent results (~/.minitower)"
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
  private static final long STOP_SLACK_SECONDS = 30;

  @Spec private CommandSpec spec;

  /** Ends the process with one of the documented exit codes. */
  public static void main(String[] args) {
    // Before the class is touched: its superclass reads this once, when it is initialised.
    System.setProperty("java.util.logging.manager", StayingLogManager.class.getName());
    System.exit(new CommandLine(new RunnerMain()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter errors = spec.commandLine().getErr();
    try {
      RunnerSettings settings = new SettingsReader(System.getenv()).read();
      OneLineFormatter.install();
      runUntilStopped(new Runner(settings, Version.current()), settings);
      return 0;
    } catch (InvalidSettingException e) {
      errors.println("minitower-runner: " + e.getMessage());
      return BAD_SETTING;
    } catch (RunnerStoppedException e) {
      errors.println("minitower-runner: " + e.getMessage());
      return FAILED;
    } catch (IOException e) {
      errors.println("minitower-runner: can't go on: " + e.getMessage());
      return FAILED;
    }
  }

  /**
   * A signal ends the JVM with 128 + n when its hooks are done, unless the last of them ends it
   * before: so that the documented 0 is what a service manager sees.
   */
  private static void runUntilStopped(Runner runner, RunnerSettings settings)
      throws IOException, RunnerStoppedException, InterruptedException {
    var ended = new CountDownLatch(1);
    long patience = settings.killGrace().toSeconds() + STOP_SLACK_SECONDS;
    var hook =
        new Thread(
            () -> {
              if (ended.getCount() > 0) {
                runner.stop();
                awaitThenHalt(ended, patience);
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      runner.run();
    } finally {
      ended.countDown();
    }
  }

  private static void awaitThenHalt(CountDownLatch ended, long seconds) {
    try {
      boolean inTime = ended.await(seconds, TimeUnit.SECONDS);
      Runtime.getRuntime().halt(inTime ? 0 : FAILED);
    } catch (InterruptedException e) {
      Runtime.getRuntime().halt(FAILED);
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
