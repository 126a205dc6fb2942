package dev.minitower.runner.loop;

import dev.minitower.model.artifact.ArtifactLimits;
import dev.minitower.model.artifact.ArtifactUnpacker;
import dev.minitower.model.artifact.InvalidArtifactException;
import dev.minitower.model.lifecycle.EndReason;
import dev.minitower.runner.client.ArtifactFacts;
import dev.minitower.runner.client.ControlPlaneException;
import dev.minitower.runner.client.RetryingControlPlane;
import dev.minitower.runner.execution.Ending;
import dev.minitower.runner.execution.StopReason;
import dev.minitower.runner.execution.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Downloads an artifact, makes sure that it is the right one, and unpacks it. */
final class ArtifactFetcher {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final RetryingControlPlane controlPlane;
  private final StopSignal stop;

  ArtifactFetcher(RetryingControlPlane controlPlane, StopSignal stop) {
    this.controlPlane = controlPlane;
    this.stop = stop;
  }

  /**
   * Fills the project folder and returns the import paths of the version.
   *
   * @param expectedSha256 from the lease, if the server says it there
   * @throws AttemptEndedException if there is nothing to run; says whose fault it is
   */
  List<String> fetch(Path download, Path project, @Nullable String expectedSha256)
      throws AttemptEndedException, ControlPlaneException, IOException, InterruptedException {
    ArtifactFacts facts = download(download);
    String actual = sha256(download);
    if (differs(actual, facts.sha256()) || differs(actual, expectedSha256)) {
      throw new AttemptEndedException(
          Ending.handedBack(
              EndReason.ARTIFACT_DAMAGED,
              "the artifact arrived damaged: its SHA-256 is " + actual));
    }
    try (InputStream artifact = Files.newInputStream(download)) {
      var unused = ArtifactUnpacker.unpack(artifact, project, ArtifactLimits.DEFAULT);
    } catch (InvalidArtifactException e) {
      throw new AttemptEndedException(
          Ending.failed(
              EndReason.ARTIFACT_INVALID, "the artifact can't be unpacked: " + e.getMessage()));
    }
    Files.delete(download);
    return facts.importPaths();
  }

  private ArtifactFacts download(Path target)
      throws AttemptEndedException, ControlPlaneException, InterruptedException {
    try {
      return controlPlane.artifact(target, stop.requested());
    } catch (ControlPlaneException e) {
      Optional<StopReason> stopped = stop.reason();
      if (e.endsLease()) {
        throw e;
      }
      throw new AttemptEndedException(
          stopped
              .map(Ending::stopped)
              .orElseGet(
                  () ->
                      Ending.handedBack(EndReason.RUNNER_ERROR, "no artifact: " + e.getMessage())));
    }
  }

  private static boolean differs(String actual, @Nullable String expected) {
    return expected != null && !expected.equalsIgnoreCase(actual);
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = newSha256();
    try (InputStream input = Files.newInputStream(file)) {
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
