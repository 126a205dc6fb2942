package dev.minitower.runner.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.minitower.model.artifact.ArtifactLimits;
import dev.minitower.model.artifact.ArtifactUnpacker;
import dev.minitower.model.artifact.InvalidArtifactException;
import dev.minitower.model.lifecycle.EndReason;
import dev.minitower.runner.cache.Claim;
import dev.minitower.runner.cache.ContentKey;
import dev.minitower.runner.cache.Patience;
import dev.minitower.runner.cache.Shelf;
import dev.minitower.runner.client.ArtifactFacts;
import dev.minitower.runner.client.ControlPlaneException;
import dev.minitower.runner.client.RetryingControlPlane;
import dev.minitower.runner.execution.Ending;
import dev.minitower.runner.execution.StopReason;
import dev.minitower.runner.execution.StopSignal;
import dev.minitower.runner.execution.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Gets an artifact, makes sure that it is the right one, and unpacks it. */
final class ArtifactFetcher {
  private static final System.Logger LOG = System.getLogger(ArtifactFetcher.class.getName());
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String ARCHIVE = "artifact.tar.gz";
  private static final String IMPORT_PATHS = "import-paths.json";

  private final RetryingControlPlane controlPlane;
  private final Shelf shelf;
  private final StopSignal stop;
  private final JsonMapper json = new JsonMapper();

  ArtifactFetcher(RetryingControlPlane controlPlane, Shelf shelf, StopSignal stop) {
    this.controlPlane = controlPlane;
    this.shelf = shelf;
    this.stop = stop;
  }

  /**
   * What was fetched.
   *
   * @param importPaths of the version
   * @param cached true if nothing had to be downloaded
   */
  record Fetched(List<String> importPaths, boolean cached) {}

  /**
   * Fills the project folder.
   *
   * @param download a folder for this run's own download, which is not there yet
   * @param expectedSha256 from the lease, if the server says it there
   * @throws AttemptEndedException if there is nothing to run; says whose fault it is
   */
  Fetched fetch(Path download, Path project, @Nullable String expectedSha256)
      throws AttemptEndedException, ControlPlaneException, IOException, InterruptedException {
    try (Claim claim = claim(download, expectedSha256)) {
      boolean cached = claim.isFilled();
      if (!cached) {
        download(Files.createDirectories(claim.folder()), expectedSha256);
        claim.publish();
      }
      unpack(claim.folder().resolve(ARCHIVE), project);
      String importPaths = Files.readString(claim.folder().resolve(IMPORT_PATHS));
      return new Fetched(readImportPaths(importPaths), cached);
    } finally {
      Workspace.delete(download);
    }
  }

  /** Old servers don't say which artifact it will be. */
  private Claim claim(Path download, @Nullable String expectedSha256)
      throws AttemptEndedException, InterruptedException {
    if (expectedSha256 == null || !Shelf.isKey(expectedSha256)) {
      return Claim.outside(download);
    }
    long until = System.nanoTime() + PATIENCE.toNanos();
    var patience = new Patience(stop.requested(), until, () -> {});
    return shelf
        .claim(expectedSha256, entry -> isSound(entry, expectedSha256), download, patience)
        .orElseThrow(() -> ended("another run's download of the artifact takes too long"));
  }

  private boolean isSound(Path entry, String sha256) {
    try {
      String importPaths = Files.readString(entry.resolve(IMPORT_PATHS));
      return ContentKey.sha256(entry.resolve(ARCHIVE)).equals(sha256)
          && readImportPaths(importPaths) != null;
    } catch (IOException | JacksonException e) {
      LOG.log(Level.WARNING, "a cached artifact can't be read: " + e);
      return false;
    }
  }

  private void download(Path folder, @Nullable String expectedSha256)
      throws AttemptEndedException, ControlPlaneException, IOException, InterruptedException {
    Path archive = folder.resolve(ARCHIVE);
    ArtifactFacts facts = call(archive);
    String actual = ContentKey.sha256(archive);
    if (differs(actual, facts.sha256()) || differs(actual, expectedSha256)) {
      throw new AttemptEndedException(
          Ending.handedBack(
              EndReason.ARTIFACT_DAMAGED,
              "the artifact arrived damaged: its SHA-256 is " + actual));
    }
    Files.write(
        folder.resolve(IMPORT_PATHS), json.writeValueAsString(facts.importPaths()).getBytes(UTF_8));
  }

  private ArtifactFacts call(Path target)
      throws AttemptEndedException, ControlPlaneException, InterruptedException {
    try {
      return controlPlane.artifact(target, stop.requested());
    } catch (ControlPlaneException e) {
      if (e.endsLease()) {
        throw e;
      }
      throw ended("no artifact: " + e.getMessage());
    }
  }

  /**
   * @param otherwise why, if nobody has asked for an end
   */
  private AttemptEndedException ended(String otherwise) {
    Optional<StopReason> stopped = stop.reason();
    return new AttemptEndedException(
        stopped
            .map(Ending::stopped)
            .orElseGet(() -> Ending.handedBack(EndReason.RUNNER_ERROR, otherwise)));
  }

  private static void unpack(Path archive, Path project) throws AttemptEndedException, IOException {
    try (InputStream artifact = Files.newInputStream(archive)) {
      var unused = ArtifactUnpacker.unpack(artifact, project, ArtifactLimits.DEFAULT);
    } catch (InvalidArtifactException e) {
      throw new AttemptEndedException(
          Ending.failed(
              EndReason.ARTIFACT_INVALID, "the artifact can't be unpacked: " + e.getMessage()));
    }
  }

  private List<String> readImportPaths(String text) {
    return json.readValue(text, new TypeReference<List<String>>() {});
  }

  private static boolean differs(String actual, @Nullable String expected) {
    return expected != null && !expected.equalsIgnoreCase(actual);
  }
}
