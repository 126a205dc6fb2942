package dev.minitower.runner.loop;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only the runner's own user may read. */
public final class PrivateFiles {
  private static final String UNFINISHED = ".new";

  private PrivateFiles() {}

  public static void createFolder(Path folder) throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
  }

  /**
   * Writes a file so that after a crash at any point it has either its old or its new content. An
   * interrupt waits until that is done: it would close the file in the middle.
   */
  public static void replace(Path file, byte[] content) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          write(file, content);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted = Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Removes what a crash in the middle of {@link #replace} has left. */
  static void removeUnfinished(Path folder) throws IOException {
    try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
      for (Path file : unfinished) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + UNFINISHED);
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    try (var channel =
        FileChannel.open(
            temporary,
            Set.of(CREATE, WRITE, TRUNCATE_EXISTING),
            PosixFilePermissions.asFileAttribute(ownerOnly))) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(temporary, file, ATOMIC_MOVE);
    try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), READ)) {
      folder.force(true);
    }
  }
}
