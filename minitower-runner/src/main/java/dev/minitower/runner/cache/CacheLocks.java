package dev.minitower.runner.cache;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
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
  private static final System.Logger LOG = System.getLogger(CacheLocks.class.getName());

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

  /** Never in the way of what the lock was for: the kernel frees it at the latest. */
  private synchronized void release(long place, Held taken) {
    taken.users--;
    if (taken.users > 0) {
      return;
    }
    held.remove(place);
    try {
      taken.lock.release();
    } catch (ClosedChannelException e) {
      LOG.log(Level.DEBUG, "already free, with all others: {0}", place);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a lock of the cache stays until the runner ends: " + e);
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
  final class Hold implements AutoCloseable {
    private final long place;
    private final Held taken;
    private boolean closed;

    private Hold(long place, Held taken) {
      this.place = place;
      this.taken = taken;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        release(place, taken);
      }
    }
  }
}
