package dev.minitower.runner.cache;

import dev.minitower.runner.cache.Shelf.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All that is kept for later, within one limit. One for each folder and program. */
public final class Cache implements Closeable {
  private static final System.Logger LOG = System.getLogger(Cache.class.getName());

  /** The share of the wheels: without them an entry only takes longer to be made. */
  private static final int WHEELS_SHARE = 4;

  private final long maxBytes;
  private final CacheLocks locks;
  private final Shelf environments;
  private final Shelf artifacts;
  private final Wheels wheels;

  private Cache(Path folder, long maxBytes) throws IOException {
    this.maxBytes = maxBytes;
    this.locks = new CacheLocks(folder.resolve("lock"));
    this.environments = new Shelf(folder.resolve("environments"), true, locks, this::evict);
    this.artifacts = new Shelf(folder.resolve("artifacts"), false, locks, this::evict);
    this.wheels = new Wheels(folder.resolve("wheels"), maxBytes / WHEELS_SHARE, locks);
  }

  /**
   * Makes the folder if there is none, and cleans up what a crash has left.
   *
   * @param maxBytes of all that is not in use
   */
  public static Cache open(Path folder, long maxBytes) throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
    var cache = new Cache(folder, maxBytes);
    cache.environments.prepare();
    cache.artifacts.prepare();
    cache.wheels.prepare();
    cache.evict();
    return cache;
  }

  public Shelf environments() {
    return environments;
  }

  public Shelf artifacts() {
    return artifacts;
  }

  public Wheels wheels() {
    return wheels;
  }

  /** Frees all locks; nothing of it may be in use. */
  @Override
  public void close() throws IOException {
    locks.close();
  }

  /** Removes what was not used for longest until the rest is within the limit. */
  private synchronized void evict() {
    try {
      long bytes = wheels.trim();
      List<Entry> entries = new ArrayList<>(environments.entries());
      entries.addAll(artifacts.entries());
      entries.sort(Comparator.comparing(Entry::used));
      bytes += entries.stream().mapToLong(Entry::bytes).sum();
      for (Entry entry : entries) {
        if (bytes <= maxBytes) {
          return;
        }
        if (entry.shelf().evict(entry.key())) {
          LOG.log(
              Level.INFO, "evicted from the cache key=" + entry.key() + " bytes=" + entry.bytes());
          bytes -= entry.bytes();
        }
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the cache can't be kept within its limit: " + e);
    }
  }
}
