package dev.minitower.runner;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.minitower.runner.loop.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/**
 * The runner's part of the data folder, held by one runner at a time: two with one identity would
 * take each other's leases and kill each other's processes.
 */
final class DataFolder implements Closeable {
  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * @throws IOException also if another runner uses it; the message says so
   */
  static DataFolder open(Path dataDir) throws IOException {
    Path path = dataDir.resolve("runner");
    PrivateFiles.createFolder(path);
    FileChannel lockFile = FileChannel.open(path.resolve("lock"), CREATE, WRITE);
    if (!isLocked(lockFile)) {
      lockFile.close();
      throw new IOException("another runner uses " + path + ": give each its own folder");
    }
    return new DataFolder(path, lockFile);
  }

  private static boolean isLocked(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  /** Ends the lock too. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
