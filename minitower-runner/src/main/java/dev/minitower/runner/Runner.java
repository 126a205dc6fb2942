package dev.minitower.runner;

import dev.minitower.model.api.RegisterRunnerRequest;
import dev.minitower.runner.RunnerSettings.Times;
import dev.minitower.runner.cache.Cache;
import dev.minitower.runner.client.ControlPlane;
import dev.minitower.runner.execution.Confinement;
import dev.minitower.runner.execution.Execution;
import dev.minitower.runner.execution.Isolation;
import dev.minitower.runner.execution.PythonSettings;
import dev.minitower.runner.execution.Sandbox;
import dev.minitower.runner.execution.Sweep;
import dev.minitower.runner.execution.UnavailableException;
import dev.minitower.runner.execution.Watchdog;
import dev.minitower.runner.loop.AttemptContext;
import dev.minitower.runner.loop.AttemptStore;
import dev.minitower.runner.loop.FreeSpace;
import dev.minitower.runner.loop.LeaseClock;
import dev.minitower.runner.loop.LeasePolicy;
import dev.minitower.runner.loop.Registration;
import dev.minitower.runner.loop.RunnerFolders;
import dev.minitower.runner.loop.RunnerLoop;
import dev.minitower.runner.loop.RunnerStoppedException;
import dev.minitower.runner.loop.Timers;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A runner from start to stop. */
final class Runner {
  private static final System.Logger LOG = System.getLogger(Runner.class.getName());

  private final RunnerSettings settings;
  private final String version;
  private @Nullable RunnerLoop loop;
  private int stopRequests;

  Runner(RunnerSettings settings, String version) {
    this.settings = settings;
    this.version = version;
  }

  /** Returns when the runner was stopped and its attempts are concluded or left on disk. */
  void run()
      throws IOException, RunnerStoppedException, UnavailableException, InterruptedException {
    try (DataFolder data = DataFolder.open(settings.dataDir())) {
      String instanceId = Identity.readOrMake(data.path().resolve("instance-id"));
      int leftovers = new Sweep(instanceId).killAll();
      if (leftovers > 0) {
        LOG.log(Level.WARNING, "killed what an earlier start left running: processes=" + leftovers);
      }
      Confinement confinement = confinement(data.path());
      sayWhatIsInForce(confinement);
      String owner = instanceId + "." + Identity.ofThisStart();
      try (Cache cache = Cache.open(data.path().resolve("cache"), settings.storage().cacheBytes());
          Watchdog watchdog = Watchdog.start(owner, confinement, settings.times().killGrace())) {
        RunnerFolders folders = RunnerFolders.prepare(data.path(), cache);
        RunnerLoop wired = wire(instanceId, owner, folders, confinement, watchdog);
        if (began(wired)) {
          wired.run();
        }
      }
    }
    LOG.log(Level.INFO, "runner stopped");
  }

  /** A signal asks for the end: the first in peace, the second at once. */
  void signalled(String signal) {
    LOG.log(Level.INFO, "asked to stop by {0}", signal);
    stop();
  }

  /** Asks for the end: {@link #run} returns when the runs under way have ended, or been ended. */
  synchronized void stop() {
    stopRequests++;
    tellLoop();
  }

  private synchronized boolean began(RunnerLoop wired) {
    loop = wired;
    tellLoop();
    return stopRequests == 0;
  }

  private void tellLoop() {
    if (loop != null && stopRequests == 1) {
      loop.drain();
    } else if (loop != null && stopRequests > 1) {
      loop.stop();
    }
  }

  private Confinement confinement(Path dataFolder)
      throws UnavailableException, InterruptedException {
    var hidden = new ArrayList<>(List.of(dataFolder));
    Path tokenFile = settings.tokenFile();
    if (tokenFile != null) {
      hidden.add(tokenFile.toAbsolutePath());
    }
    return Confinement.detect(
        settings.isolation(), settings.limits(), new Sandbox(hidden, settings.workloadNetwork()));
  }

  private void sayWhatIsInForce(Confinement confinement) throws InterruptedException {
    String python = Execution.describePython(settings.pythonBin());
    LOG.log(Level.INFO, "runner starting version=" + version + " " + settings);
    LOG.log(Level.INFO, "workloads: " + confinement + " " + settings.limits());
    LOG.log(Level.INFO, "python: " + python);
    if (System.getProperty("user.name", "").equals("root")
        && confinement.isolation() == Isolation.PROCESS) {
      LOG.log(
          Level.WARNING,
          "programs run as root and can reach all of this machine, the runner's token among it:"
              + " give the runner a user of its own");
    }
    String encoding = System.getProperty("sun.jnu.encoding", "");
    if (!encoding.equalsIgnoreCase("UTF-8")) {
      LOG.log(
          Level.WARNING,
          "file names beyond ASCII can't be written, start with LC_ALL=C.UTF-8 encoding="
              + encoding);
    }
  }

  private RunnerLoop wire(
      String instanceId,
      String owner,
      RunnerFolders folders,
      Confinement confinement,
      Watchdog watchdog) {
    var leaseClock = new LeaseClock();
    var controlPlane = new ControlPlane(settings.serverUrl(), leaseClock);
    Times times = settings.times();
    var policy =
        new LeasePolicy(
            settings.concurrency(),
            times.killGrace(),
            times.fencingMargin(),
            times.pollInterval(),
            times.drainTimeout());
    var context =
        new AttemptContext(
            controlPlane,
            new Execution(
                confinement,
                new PythonSettings(settings.pythonBin(), settings.uvBin(), folders.cache()),
                times.killGrace(),
                System.getenv()),
            watchdog,
            new AttemptStore(folders.leases()),
            folders,
            owner,
            new Timers(settings.concurrency()),
            policy,
            settings.storage().spoolBytes(),
            leaseClock,
            InstantSource.system());
    return new RunnerLoop(
        context,
        new Registration(
            controlPlane, settings.registrationToken(), registration(instanceId, confinement)),
        new FreeSpace(folders.work(), settings.storage().minFreeBytes()));
  }

  private RegisterRunnerRequest registration(String instanceId, Confinement confinement) {
    return new RegisterRunnerRequest(
        settings.name(),
        settings.environment(),
        instanceId,
        version,
        null,
        settings.concurrency(),
        confinement.isolation().code());
  }
}
