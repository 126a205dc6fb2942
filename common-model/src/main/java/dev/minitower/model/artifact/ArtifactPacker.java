package dev.minitower.model.artifact;

import dev.minitower.model.towerfile.Towerfile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Packs a project. The tar depends on the names, contents and execute bits of the files alone; the
 * gzip around it also on the JDK's deflate.
 */
public final class ArtifactPacker {
  private ArtifactPacker() {}

  /**
   * What would be packed, sorted by name.
   *
   * @throws PackagingException if the project can't be packed
   */
  public static List<PackedFile> list(Path projectRoot, Towerfile towerfile) {
    return ProjectFiles.choose(projectRoot, towerfile).stream().map(ProjectFile::packed).toList();
  }

  /**
   * Packs the project into the target file, which appears, or changes, only when all is written. If
   * it lies in the project it is not packed itself.
   *
   * @throws PackagingException if the project can't be packed, or the file not be written
   */
  public static PackedArtifact pack(Path projectRoot, Towerfile towerfile, Path targetFile) {
    Path target = targetFile.toAbsolutePath().normalize();
    List<ProjectFile> files =
        ProjectFiles.choose(projectRoot, towerfile).stream()
            .filter(file -> !file.file().toAbsolutePath().normalize().equals(target))
            .toList();
    try {
      return write(files, target);
    } catch (IOException e) {
      throw new PackagingException(
          "Can't write %s: %s.".formatted(target, ProjectFiles.reason(e)), e);
    }
  }

  private static PackedArtifact write(List<ProjectFile> files, Path target) throws IOException {
    Path folder = Objects.requireNonNull(target.getParent());
    Path temporary = Files.createTempFile(folder, ".minitower-", ".tmp");
    try {
      MessageDigest artifact = Sha256.digest();
      MessageDigest content = Sha256.digest();
      try (OutputStream file = Files.newOutputStream(temporary)) {
        var buffered = new BufferedOutputStream(file, 1 << 16);
        write(files, new DigestOutputStream(buffered, artifact), content);
      }
      long size = Files.size(temporary);
      Path unused = Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      return new PackedArtifact(
          target,
          size,
          Sha256.hex(artifact),
          Sha256.hex(content),
          files.stream().map(ProjectFile::packed).toList());
    } finally {
      boolean unused = Files.deleteIfExists(temporary);
    }
  }

  private static void write(List<ProjectFile> files, OutputStream out, MessageDigest content)
      throws IOException {
    var gzip = new GzipCompressorOutputStream(out, gzipHeader());
    try (var tar = new TarWriter(new DigestOutputStream(gzip, content))) {
      for (ProjectFile file : files) {
        add(tar, file);
      }
    }
  }

  private static void add(TarWriter tar, ProjectFile file) {
    try {
      tar.add(file);
    } catch (IOException e) {
      throw new PackagingException(
          "Packing %s failed (did it change meanwhile?): %s."
              .formatted(file.file(), ProjectFiles.reason(e)),
          e);
    }
  }

  /** Nothing in it tells when or where it was made. */
  private static GzipParameters gzipHeader() {
    var header = new GzipParameters();
    header.setModificationInstant(Instant.EPOCH);
    header.setOS(GzipParameters.OS.UNKNOWN);
    header.setCompressionLevel(6);
    return header;
  }
}
