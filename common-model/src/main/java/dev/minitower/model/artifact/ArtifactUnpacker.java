package dev.minitower.model.artifact;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Unpacks an archive into a folder of its own, for nobody but the user that does it. Entries never
 * lie below links ({@link ArtifactReader}), so that nothing is written through one.
 */
public final class ArtifactUnpacker implements ArtifactVisitor {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER = mode("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> PROGRAM = mode("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-------");

  private final Path root;

  private ArtifactUnpacker(Path root) {
    this.root = root;
  }

  /**
   * Unpacks the archive; the stream is not closed. After an exception the folder holds a part of it
   * and must be thrown away.
   *
   * @throws InvalidArtifactException if the archive is refused
   * @throws IOException if the stream can't be read or the folder not be written
   */
  public static ReadArtifact unpack(
      InputStream gzippedTar, Path emptyDirectory, ArtifactLimits limits) throws IOException {
    try (Stream<Path> content = Files.list(emptyDirectory)) {
      if (content.findAny().isPresent()) {
        throw new IllegalArgumentException(emptyDirectory + " is not empty");
      }
    }
    return ArtifactReader.read(gzippedTar, limits, new ArtifactUnpacker(emptyDirectory));
  }

  @Override
  public void directory(ArtifactEntry entry) throws IOException {
    Path unused = Files.createDirectories(place(entry), FOLDER);
  }

  @Override
  public void file(ArtifactEntry entry, InputStream content) throws IOException {
    Path file = placeWithFolder(entry);
    try {
      Path unused = Files.createFile(file, entry.executable() ? PROGRAM : FILE);
    } catch (FileAlreadyExistsException e) {
      throw twice(entry);
    }
    try (OutputStream out = Files.newOutputStream(file, WRITE, NOFOLLOW_LINKS)) {
      long unused = content.transferTo(out);
    }
  }

  @Override
  public void link(ArtifactEntry entry) throws IOException {
    Path target = path(Objects.requireNonNull(entry.linkTarget()));
    try {
      Path unused = Files.createSymbolicLink(placeWithFolder(entry), target);
    } catch (FileAlreadyExistsException e) {
      throw twice(entry);
    }
  }

  private Path placeWithFolder(ArtifactEntry entry) throws IOException {
    Path place = place(entry);
    Path unused = Files.createDirectories(Objects.requireNonNull(place.getParent()), FOLDER);
    return place;
  }

  private Path place(ArtifactEntry entry) {
    return root.resolve(path(entry.path()));
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw InvalidArtifactException.archive(
          "the name %s can't be written here; the locale (LC_ALL) must be a UTF-8 one"
              .formatted(EntryNames.quoted(name)));
    }
  }

  /** The archive's names differ, but not for a file system that ignores case. */
  private static InvalidArtifactException twice(ArtifactEntry entry) {
    return InvalidArtifactException.archive(
        "the archive's entry %s is there twice for this file system"
            .formatted(EntryNames.quoted(entry.path())));
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
