package dev.minitower.runner.loop;

import dev.minitower.model.api.LeaseResponse;
import dev.minitower.model.lifecycle.EndReason;
import dev.minitower.runner.client.ControlPlaneException;
import dev.minitower.runner.client.RetryingControlPlane;
import dev.minitower.runner.execution.DiskFull;
import dev.minitower.runner.execution.Ending;
import dev.minitower.runner.execution.Marker;
import dev.minitower.runner.execution.OutputSink;
import dev.minitower.runner.execution.Preparation;
import dev.minitower.runner.execution.StopSignal;
import dev.minitower.runner.execution.Workload;
import dev.minitower.runner.execution.Workspace;
import dev.minitower.runner.loop.ArtifactFetcher.Fetched;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an attempt does between start and result: workspace, artifact, program. */
final class Work {
  private static final System.Logger LOG = System.getLogger(Work.class.getName());

  private final AttemptContext context;
  private final LeaseResponse run;
  private final RetryingControlPlane controlPlane;
  private final StopSignal stop;

  Work(
      AttemptContext context,
      LeaseResponse run,
      RetryingControlPlane controlPlane,
      StopSignal stop) {
    this.context = context;
    this.run = run;
    this.controlPlane = controlPlane;
    this.stop = stop;
  }

  /** Does it; no process is left when this returns or throws, and no file. */
  Ending perform(OutputSink output) throws ControlPlaneException, InterruptedException {
    Path root = context.folders().work().resolve(Long.toString(run.attemptId()));
    try {
      Workspace workspace = Workspace.create(root);
      long startNanos = System.nanoTime();
      Fetched artifact =
          new ArtifactFetcher(controlPlane, context.folders().cache().artifacts(), stop)
              .fetch(root.resolve("download"), workspace.project(), run.artifactSha256());
      long fetchedNanos = System.nanoTime() - startNanos;
      return context
          .execution()
          .run(
              workload(artifact.importPaths()),
              workspace,
              output,
              stop,
              preparation -> logPrepared(artifact, Duration.ofNanos(fetchedNanos), preparation));
    } catch (AttemptEndedException e) {
      return e.ending();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "this machine can't execute run=" + run.runId(), e);
      return Ending.handedBack(
          DiskFull.reasonFor(e), "the runner could not execute it: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a defect of the runner, please report it: run=" + run.runId(), e);
      return Ending.handedBack(EndReason.RUNNER_ERROR, "the runner itself failed: " + e);
    } finally {
      remove(root);
    }
  }

  private void logPrepared(Fetched artifact, Duration took, Preparation preparation) {
    LOG.log(
        Level.INFO,
        "prepared run=%d attempt=%d artifact=%s %d ms environment=%s %d ms"
            .formatted(
                run.runId(),
                run.attemptNo(),
                artifact.cached() ? "cached" : "downloaded",
                took.toMillis(),
                preparation.packages().name().toLowerCase(Locale.ROOT),
                preparation.took().toMillis()));
  }

  private Workload workload(List<String> importPaths) {
    Integer timeout = run.timeoutSeconds();
    return new Workload(
        run.entrypoint(),
        importPaths,
        run.input() == null ? Map.of() : run.input(),
        facts(),
        timeout == null ? Workload.DEFAULT_TIMEOUT : Duration.ofSeconds(timeout),
        new Marker(context.markerOwner(), run.attemptId()));
  }

  private Map<String, String> facts() {
    var facts = new HashMap<String, String>();
    facts.put("MINITOWER_RUN_ID", Long.toString(run.runId()));
    facts.put("MINITOWER_RUN_NO", Integer.toString(run.runNo()));
    facts.put("MINITOWER_ATTEMPT_NO", Integer.toString(run.attemptNo()));
    facts.put("MINITOWER_APP", run.appSlug());
    facts.put("MINITOWER_ENVIRONMENT", run.environment() == null ? "default" : run.environment());
    return facts;
  }

  private static void remove(Path root) {
    try {
      Workspace.delete(root);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a workspace is left behind until the next start: " + e);
    }
  }
}
