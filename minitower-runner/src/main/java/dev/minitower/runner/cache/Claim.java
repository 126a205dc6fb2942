package dev.minitower.runner.cache;

import dev.minitower.runner.cache.CacheLocks.Hold;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The right to use an entry or, as long as it isn't filled, the task to make it: in {@link
 * #folder()}, which is given up with this claim unless it is published first. Used by one thread.
 */
public final class Claim implements AutoCloseable {
  private final @Nullable Shelf shelf;
  private final String key;
  private Path folder;
  private @Nullable Hold making;
  private @Nullable Hold using;

  private Claim(
      @Nullable Shelf shelf, String key, Path folder, @Nullable Hold making, @Nullable Hold using) {
    this.shelf = shelf;
    this.key = key;
    this.folder = folder;
    this.making = making;
    this.using = using;
  }

  static Claim toUse(Shelf shelf, String key, Path entry, Hold using) {
    return new Claim(shelf, key, entry, null, using);
  }

  static Claim toMake(Shelf shelf, String key, Path folder, Hold making) {
    return new Claim(shelf, key, folder, making, null);
  }

  /** To be filled, and used by this caller alone, who also removes it. */
  public static Claim outside(Path folder) {
    return new Claim(null, "", folder, null, null);
  }

  /** True if there is nothing to be made. */
  public boolean isFilled() {
    return using != null;
  }

  /** Where it is now; exists. Only to be read when this is filled. */
  public Path folder() {
    return folder;
  }

  /** Where it will be after {@link #publish}: under a name of the same length. */
  public Path destination() {
    return shelf == null ? folder : shelf.entry(key);
  }

  /** Makes what was built an entry, for others too. */
  public void publish() throws IOException, InterruptedException {
    if (shelf == null || making == null) {
      return;
    }
    using = shelf.publish(key, folder);
    folder = shelf.entry(key);
    making.close();
    making = null;
    shelf.published();
  }

  @Override
  public void close() {
    try {
      if (shelf != null && making != null) {
        shelf.discard(folder);
      }
    } finally {
      if (making != null) {
        making.close();
      }
      if (using != null) {
        using.close();
      }
    }
  }
}
