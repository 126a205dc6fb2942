package dev.minitower.server.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Held while this server uses the database file; the kernel lets go of it however the server ends.
 */
final class DatabaseLock implements AutoCloseable {
  private final FileChannel channel;

  private DatabaseLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws StartupException if another process holds the lock
   */
  static DatabaseLock acquire(Path database) {
    Path file = database.resolveSibling(database.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new StartupException(
            "another minitowerd is using the database %s; stop it, or set MINITOWER_DB_PATH"
                .formatted(database));
      }
      return new DatabaseLock(channel);
    } catch (IOException e) {
      throw new StartupException(
          "can't write beside the database %s: %s".formatted(database, e), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
