package dev.minitower.runner;

import dev.minitower.model.api.RegisterRunnerRequest;
import dev.minitower.runner.cache.Cache;
import dev.minitower.runner.client.ControlPlane;
import dev.minitower.runner.execution.Confinement;
import dev.minitower.runner.execution.Execution;
import dev.minitower.runner.execution.Marker;
import dev.minitower.runner.execution.PythonSettings;
import dev.minitower.runner.execution.Watchdog;
import dev.minitower.runner.loop.LeasePolicy;
import dev.minitower.runner.loop.Registration;
import dev.minitower.runner.loop.RunnerFolders;
import dev.minitower.runner.loop.RunnerLoop;
import dev.minitower.runner.loop.RunnerStoppedException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A runner from start to stop. */
final class Runner {
  private static final System.Logger LOG = System.getLogger(Runner.class.getName());

  private final RunnerSettings settings;
  private final String version;
  private @Nullable RunnerLoop loop;
  private boolean stopping;

  Runner(RunnerSettings settings, String version) {
    this.settings = settings;
    this.version = version;
  }

  /** Returns when the runner was stopped and its attempts are concluded or left on disk. */
  void run() throws IOException, RunnerStoppedException, InterruptedException {
    try (DataFolder data = DataFolder.open(settings.dataDir())) {
      String instanceId = Identity.readOrMake(data.path().resolve("instance-id"));
      int leftovers = Marker.killLeftovers(instanceId);
      if (leftovers > 0) {
        LOG.log(Level.WARNING, "killed what an earlier start left running: processes=" + leftovers);
      }
      try (Cache cache = Cache.open(data.path().resolve("cache"), settings.cacheMaxBytes());
          Watchdog watchdog = Watchdog.start(instanceId)) {
        RunnerFolders folders = RunnerFolders.prepare(data.path(), cache);
        LOG.log(Level.DEBUG, "watched over by {0}", watchdog);
        RunnerLoop wired = wire(instanceId, folders);
        if (began(wired)) {
          wired.run();
        }
      }
    }
    LOG.log(Level.INFO, "runner stopped");
  }

  /** Asks for the end; {@link #run} returns soon after. */
  synchronized void stop() {
    stopping = true;
    if (loop != null) {
      loop.stop();
    }
  }

  private synchronized boolean began(RunnerLoop wired) {
    loop = wired;
    return !stopping;
  }

  private static void warnOfLocale() {
    String encoding = System.getProperty("sun.jnu.encoding", "");
    if (!encoding.equalsIgnoreCase("UTF-8")) {
      LOG.log(
          Level.WARNING,
          "file names beyond ASCII can't be written, start with LC_ALL=C.UTF-8 encoding="
              + encoding);
    }
  }

  private RunnerLoop wire(String instanceId, RunnerFolders folders) throws InterruptedException {
    Confinement confinement = Confinement.detect();
    String python = Execution.describePython(settings.pythonBin());
    LOG.log(Level.INFO, "runner starting version=" + version + " " + settings);
    LOG.log(Level.INFO, "processes are confined by " + confinement + " python=" + python);
    warnOfLocale();
    var controlPlane = new ControlPlane(settings.serverUrl(), System::nanoTime);
    var request =
        new RegisterRunnerRequest(
            settings.name(),
            settings.environment(),
            instanceId,
            version,
            null,
            settings.concurrency());
    return new RunnerLoop(
        controlPlane,
        new Registration(controlPlane, settings.registrationToken(), request),
        new Execution(
            confinement,
            new PythonSettings(settings.pythonBin(), settings.uvBin(), folders.cache()),
            settings.killGrace(),
            System.getenv()),
        folders,
        instanceId,
        new LeasePolicy(
            settings.concurrency(),
            settings.killGrace(),
            settings.fencingMargin(),
            settings.pollInterval()),
        System::nanoTime,
        InstantSource.system());
  }
}
