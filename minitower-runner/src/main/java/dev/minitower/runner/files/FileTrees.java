package dev.minitower.runner.files;

import static java.nio.file.StandardOpenOption.READ;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** What is done to a folder and all in it. None of it follows a link. */
public final class FileTrees {
  private static final Set<PosixFilePermission> WRITABLE =
      Set.of(
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);
  private static final int SYNC_SECONDS = 120;

  private FileTrees() {}

  /** Removes it, also what a program has closed to itself. */
  public static void delete(Path root) throws IOException {
    if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(root, new Remover());
    }
  }

  /** The bytes of all files; what vanishes while it is counted counts nothing. */
  public static long size(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    try (var paths = Files.walk(root)) {
      return paths.mapToLong(FileTrees::sizeOfFile).sum();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Takes everybody's right to write. */
  public static void makeReadOnly(Path root) throws IOException {
    for (Path path : list(root)) {
      if (!Files.isSymbolicLink(path)) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (permissions.removeAll(WRITABLE)) {
          Files.setPosixFilePermissions(path, permissions);
        }
      }
    }
  }

  /**
   * Returns when a loss of power would spare it. One call for the whole file system, because one
   * for each of ten thousand files takes many times as long; without the program for it, each.
   */
  public static void sync(Path root) throws IOException, InterruptedException {
    if (!syncFileSystem(root)) {
      for (Path path : list(root)) {
        if (!Files.isSymbolicLink(path)) {
          syncOne(path);
        }
      }
    }
  }

  private static void syncOne(Path path) throws IOException {
    try (var channel = FileChannel.open(path, READ)) {
      channel.force(true);
    }
  }

  private static boolean syncFileSystem(Path root) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("sync", "-f", root.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(SYNC_SECONDS, SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> list(Path root) throws IOException {
    try (var paths = Files.walk(root)) {
      return paths.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long sizeOfFile(Path path) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isDirectory() ? 0 : attributes.size();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
