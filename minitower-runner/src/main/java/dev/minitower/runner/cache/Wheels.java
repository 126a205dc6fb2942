package dev.minitower.runner.cache;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.minitower.runner.cache.CacheLocks.Hold;
import dev.minitower.runner.files.FileTrees;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder in which installers keep what they download and build. They clean up nothing, so it is
 * removed as a whole when it has become too large: in parts it would not be theirs any more.
 */
public final class Wheels {
  private static final System.Logger LOG = System.getLogger(Wheels.class.getName());
  private static final long PLACE = 0;

  private final Path folder;
  private final long maxBytes;
  private final CacheLocks locks;
  private volatile boolean full;

  /** Whether {@link #bytes} is still right: no installer has been at work since. */
  private volatile boolean measured;

  private volatile long bytes;

  Wheels(Path folder, long maxBytes, CacheLocks locks) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.locks = locks;
  }

  /**
   * Gives an installer the folder, which stays until it is closed; empty if it has to do without:
   * when the folder is too large and others still use it, no new ones are let in.
   */
  public Optional<Use> use() {
    try {
      if (full) {
        var unused = trim();
      }
      if (full) {
        return Optional.empty();
      }
      Files.createDirectories(folder);
      measured = false;
      return locks.tryShared(PLACE).map(Use::new);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the wheel cache is not used: " + e);
      return Optional.empty();
    }
  }

  /** Empties the folder if it is too large and nobody uses it; returns its size then. */
  long trim() throws IOException {
    if (!measured) {
      measured = true;
      bytes = FileTrees.size(folder);
    }
    full = bytes > maxBytes;
    if (!full) {
      return bytes;
    }
    Optional<Hold> alone = locks.tryExclusive(PLACE);
    if (alone.isEmpty()) {
      return bytes;
    }
    try {
      LOG.log(Level.INFO, "emptying the wheel cache bytes=" + bytes);
      empty();
    } finally {
      alone.get().close();
    }
    full = false;
    bytes = 0;
    return 0;
  }

  void prepare() throws IOException {
    Files.createDirectories(folder);
    FileTrees.delete(old());
  }

  /** The folder itself stays: it may be mounted where an installer is to begin. */
  private void empty() throws IOException {
    FileTrees.delete(old());
    Files.move(folder, old(), ATOMIC_MOVE);
    Files.createDirectory(folder);
    FileTrees.delete(old());
  }

  private Path old() {
    return folder.resolveSibling("old-" + folder.getFileName());
  }

  /** An installer at work. */
  public final class Use implements AutoCloseable {
    private final Hold hold;

    private Use(Hold hold) {
      this.hold = hold;
    }

    public Path folder() {
      return folder;
    }

    @Override
    public void close() {
      hold.close();
      measured = false;
    }
  }
}
