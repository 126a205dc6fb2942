package dev.minitower.cli.local;

import dev.minitower.model.artifact.ArtifactLimits;
import dev.minitower.model.artifact.ArtifactUnpacker;
import dev.minitower.model.artifact.InvalidArtifactException;
import dev.minitower.model.lifecycle.EndReason;
import dev.minitower.model.towerfile.Towerfile;
import dev.minitower.runner.cache.Cache;
import dev.minitower.runner.execution.Confinement;
import dev.minitower.runner.execution.Ending;
import dev.minitower.runner.execution.Execution;
import dev.minitower.runner.execution.Isolation;
import dev.minitower.runner.execution.Limits;
import dev.minitower.runner.execution.Marker;
import dev.minitower.runner.execution.OutputSink;
import dev.minitower.runner.execution.PythonSettings;
import dev.minitower.runner.execution.Sandbox;
import dev.minitower.runner.execution.StopSignal;
import dev.minitower.runner.execution.UnavailableException;
import dev.minitower.runner.execution.Watchdog;
import dev.minitower.runner.execution.Workload;
import dev.minitower.runner.execution.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Executes an artifact here as a runner would: unpacked into a workspace of its own, with the same
 * variables, packages, timeout and end of all processes. A watchdog kills what is left if this
 * program itself is killed.
 */
public final class LocalRun {
  /** The runner's defaults. */
  public static final Duration KILL_GRACE = Duration.ofSeconds(10);

  private static final long CACHE_BYTES = 5L * 1024 * 1024 * 1024;

  private final Path folder;
  private final Map<String, String> ownEnvironment;

  /**
   * @param folder for environments that are used again, and for workspaces
   * @param ownEnvironment names interpreter and installer; what may be inherited is taken from it
   */
  public LocalRun(Path folder, Map<String, String> ownEnvironment) {
    this.folder = folder;
    this.ownEnvironment = ownEnvironment;
  }

  /**
   * Runs it to its end; no process and no workspace is left.
   *
   * @param input complete, with the defaults in it
   * @throws IOException if this machine can't run it
   */
  public Ending execute(
      Path artifact,
      Towerfile towerfile,
      Map<String, @Nullable Object> input,
      OutputSink output,
      StopSignal stop)
      throws IOException, UnavailableException, InterruptedException {
    var marker = new Marker("cli-" + UUID.randomUUID(), 1);
    Confinement confinement =
        Confinement.detect(Isolation.PROCESS, Limits.NONE, new Sandbox(List.of(), true));
    Path root = new LocalWorkspaces(folder.resolve("runs")).next();
    Watchdog watchdog = Watchdog.start(marker.owner(), confinement, KILL_GRACE);
    try (Cache cache = Cache.open(folder.resolve("cache"), CACHE_BYTES)) {
      Workspace workspace = Workspace.create(root);
      try (InputStream packed = Files.newInputStream(artifact)) {
        var unused = ArtifactUnpacker.unpack(packed, workspace.project(), ArtifactLimits.DEFAULT);
      }
      return new Execution(confinement, python(cache), KILL_GRACE, ownEnvironment)
          .run(workload(towerfile, input, marker), workspace, output, stop, prepared -> {});
    } catch (InvalidArtifactException refused) {
      return Ending.failed(
          EndReason.ARTIFACT_INVALID, "the artifact can't be unpacked: " + refused.getMessage());
    } finally {
      watchdog.close();
      Workspace.delete(root);
    }
  }

  private PythonSettings python(Cache cache) {
    return new PythonSettings(
        ownEnvironment.getOrDefault("MINITOWER_PYTHON_BIN", "python3"),
        ownEnvironment.getOrDefault("MINITOWER_UV_BIN", "uv"),
        cache);
  }

  private static Workload workload(
      Towerfile towerfile, Map<String, @Nullable Object> input, Marker marker) {
    Integer timeout = towerfile.timeoutSeconds();
    return new Workload(
        towerfile.script(),
        towerfile.importPaths(),
        input,
        facts(towerfile.name()),
        timeout == null ? Workload.DEFAULT_TIMEOUT : Duration.ofSeconds(timeout),
        marker);
  }

  /** No server has numbered this run. */
  private static Map<String, String> facts(String app) {
    return Map.of(
        "MINITOWER_RUN_ID", "0",
        "MINITOWER_RUN_NO", "0",
        "MINITOWER_ATTEMPT_NO", "1",
        "MINITOWER_APP", app,
        "MINITOWER_ENVIRONMENT", "local");
  }
}
