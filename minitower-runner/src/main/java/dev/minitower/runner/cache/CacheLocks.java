package dev.minitower.runner.cache;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Locks between the threads of this program and between programs. Each place is one byte, which
 * doesn't exist, of one file: nothing is left to clean up, and the kernel frees what a dead program
 * held. Nothing here waits. One per file and program: closing a second one would, by the rules of
 * POSIX, free the locks of the first.
 */
final class CacheLocks implements Closeable {
  private final FileChannel file;
  private final Map<Long, Held> held = new HashMap<>();

  CacheLocks(Path path) throws IOException {
    this.file = FileChannel.open(path, CREATE, READ, WRITE);
  }

  /** Empty if somebody has the place alone. */
  synchronized Optional<Hold> tryShared(long place) throws IOException {
    Held existing = held.get(place);
    if (existing != null) {
      if (!existing.lock.isShared()) {
        return Optional.empty();
      }
      existing.users++;
      return Optional.of(new Hold(place, existing));
    }
    return lock(place, true);
  }

  /** Empty if anybody has the place. */
  synchronized Optional<Hold> tryExclusive(long place) throws IOException {
    return held.containsKey(place) ? Optional.empty() : lock(place, false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private Optional<Hold> lock(long place, boolean shared) throws IOException {
    FileLock lock = file.tryLock(place, 1, shared);
    if (lock == null) {
      return Optional.empty();
    }
    var taken = new Held(lock);
    held.put(place, taken);
    return Optional.of(new Hold(place, taken));
  }

  private synchronized void release(long place, Held taken) throws IOException {
    taken.users--;
    if (taken.users == 0) {
      held.remove(place);
      if (file.isOpen()) {
        taken.lock.release();
      }
    }
  }

  private static final class Held {
    private final FileLock lock;
    private int users = 1;

    Held(FileLock lock) {
      this.lock = lock;
    }
  }

  /** One user's part in a lock. Closing it twice does nothing. */
  final class Hold implements Closeable {
    private final long place;
    private final Held taken;
    private boolean closed;

    private Hold(long place, Held taken) {
      this.place = place;
      this.taken = taken;
    }

    @Override
    public synchronized void close() throws IOException {
      if (!closed) {
        closed = true;
        release(place, taken);
      }
    }
  }
}
