package dev.minitower.runner.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.minitower.runner.cache.CacheLocks.Hold;
import dev.minitower.runner.files.FileTrees;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The entries of one kind, a folder each, named by their key.
 *
 * <p>Two locks for each key settle who may do what: whoever makes or removes an entry has the one
 * for making alone; whoever uses it shares the one for using. So the maker can begin to use before
 * it stops making, and no entry goes in between.
 */
public final class Shelf {
  private static final System.Logger LOG = System.getLogger(Shelf.class.getName());
  private static final String SIZE_FILE = ".minitower-size";
  private static final String NEW = "new-";
  private static final String OLD = "old-";

  private final Path folder;
  private final boolean synced;
  private final CacheLocks locks;
  private final Runnable published;

  /**
   * @param synced false if the user of an entry checks all of its bytes, so that nothing is lost
   *     when a loss of power cuts one
   * @param published run after each new entry
   */
  Shelf(Path folder, boolean synced, CacheLocks locks, Runnable published) {
    this.folder = folder;
    this.synced = synced;
    this.locks = locks;
    this.published = published;
  }

  /**
   * Gets an entry to use or, if there is none, to make. Waits while another makes it; if that one
   * fails, it is the caller's turn.
   *
   * @param sound false for an entry that is damaged and has to be made anew
   * @param outside where to make it if the cache itself is out of order
   * @return empty if the patience ended first
   */
  public Optional<Claim> claim(String key, Predicate<Path> sound, Path outside, Patience patience)
      throws InterruptedException {
    try {
      Optional<Claim> claim = tryClaim(key, sound);
      if (claim.isEmpty()) {
        patience.told().run();
      }
      while (claim.isEmpty() && patience.waits()) {
        claim = tryClaim(key, sound);
      }
      return claim;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the cache is not used, key=" + key + ": " + e);
      return Optional.of(Claim.outside(outside));
    }
  }

  private Optional<Claim> tryClaim(String key, Predicate<Path> sound) throws IOException {
    Optional<Claim> existing = tryUse(key, sound);
    if (existing.isPresent()) {
      return existing;
    }
    Optional<Hold> making = locks.tryExclusive(placeOfMaking(key));
    if (making.isEmpty()) {
      return Optional.empty();
    }
    Optional<Claim> claim = Optional.empty();
    try {
      Optional<Claim> madeMeanwhile = tryUse(key, sound);
      if (madeMeanwhile.isPresent()) {
        return madeMeanwhile;
      }
      claim = Optional.of(begin(key, making.get()));
      return claim;
    } finally {
      if (claim.isEmpty()) {
        making.get().close();
      }
    }
  }

  private Optional<Claim> tryUse(String key, Predicate<Path> sound) throws IOException {
    Path entry = entry(key);
    if (!Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Optional<Hold> using = locks.tryShared(placeOfUsing(key));
    if (using.isEmpty()) {
      return Optional.empty();
    }
    boolean usable = false;
    try {
      usable = sizeOf(entry).isPresent() && sound.test(entry);
      if (usable) {
        Files.setLastModifiedTime(entry, FileTime.fromMillis(System.currentTimeMillis()));
        return Optional.of(Claim.toUse(this, key, entry, using.get()));
      }
      return Optional.empty();
    } finally {
      if (!usable) {
        using.get().close();
      }
    }
  }

  private Claim begin(String key, Hold making) throws IOException {
    if (Files.exists(entry(key), LinkOption.NOFOLLOW_LINKS)) {
      LOG.log(Level.WARNING, "a damaged entry of the cache is made anew: " + entry(key));
      if (!takeOut(key)) {
        throw new IOException("the entry is damaged, and in use");
      }
    }
    Path temporary = folder.resolve(NEW + suffix(key));
    FileTrees.delete(temporary);
    Files.createDirectories(temporary);
    return Claim.toMake(this, key, temporary, making);
  }

  /** Moves what was made into its place; returns the right to use it. */
  Hold publish(String key, Path temporary) throws IOException, InterruptedException {
    long bytes = FileTrees.size(temporary);
    writeSize(temporary.resolve(SIZE_FILE), bytes);
    FileTrees.makeReadOnly(temporary);
    if (synced) {
      FileTrees.sync(temporary);
    }
    Hold using =
        locks
            .tryShared(placeOfUsing(key))
            .orElseThrow(() -> new IOException("somebody removes what is not there yet"));
    try {
      Files.move(temporary, entry(key), ATOMIC_MOVE);
    } catch (IOException e) {
      using.close();
      throw e;
    }
    return using;
  }

  /** Into a new file: what made the entry may have put a link to somewhere else there. */
  private static void writeSize(Path file, long bytes) throws IOException {
    FileTrees.delete(file);
    Files.write(file, Long.toString(bytes).getBytes(US_ASCII), CREATE_NEW, WRITE);
  }

  void published() {
    published.run();
  }

  /** What can't be removed now is removed before it is made again, or at the next start. */
  void discard(Path temporary) {
    try {
      FileTrees.delete(temporary);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a part of the cache can't be removed: " + e);
    }
  }

  Path entry(String key) {
    return folder.resolve(key);
  }

  /** Removes an entry unless somebody uses, makes or removes it. */
  boolean evict(String key) throws IOException {
    Optional<Hold> making = locks.tryExclusive(placeOfMaking(key));
    if (making.isEmpty()) {
      return false;
    }
    try {
      return takeOut(key);
    } finally {
      making.get().close();
    }
  }

  /** All of it, or nothing while it is used. The caller has the lock for making. */
  private boolean takeOut(String key) throws IOException {
    Path old = folder.resolve(OLD + suffix(key));
    FileTrees.delete(old);
    Optional<Hold> alone = locks.tryExclusive(placeOfUsing(key));
    if (alone.isEmpty()) {
      return false;
    }
    try {
      Files.move(entry(key), old, ATOMIC_MOVE);
    } finally {
      alone.get().close();
    }
    FileTrees.delete(old);
    return true;
  }

  /** Also what is damaged, with a size of nothing. */
  List<Entry> entries() throws IOException {
    var entries = new ArrayList<Entry>();
    for (Path path : list()) {
      String key = path.getFileName().toString();
      if (isKey(key)) {
        FileTime used = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
        entries.add(new Entry(this, key, used.toInstant(), sizeOf(path).orElse(0L)));
      }
    }
    return entries;
  }

  /** Makes the folder, and removes what programs that died have left half made or removed. */
  void prepare() throws IOException {
    Files.createDirectories(folder);
    for (Path path : list()) {
      String name = path.getFileName().toString();
      if (name.startsWith(NEW) || name.startsWith(OLD)) {
        Optional<Hold> making = locks.tryExclusive(placeOfMaking(name));
        if (making.isPresent()) {
          discard(path);
          making.get().close();
        }
      } else if (isKey(name) && sizeOf(path).isEmpty()) {
        var unused = evict(name);
      }
    }
  }

  public static boolean isKey(String text) {
    return text.matches("[0-9a-f]{64}");
  }

  /** Nothing if an operator has removed it all. */
  private List<Path> list() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var paths = Files.list(folder)) {
      return paths.toList();
    }
  }

  /** Empty if the entry is not complete. */
  private static Optional<Long> sizeOf(Path entry) {
    try {
      return Optional.of(Long.valueOf(Files.readString(entry.resolve(SIZE_FILE), US_ASCII)));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Of a key or a name made from one: all have the same end. */
  private static String suffix(String key) {
    return key.substring(NEW.length());
  }

  private static long placeOfUsing(String name) {
    return placeOfMaking(name) + 1;
  }

  private static long placeOfMaking(String name) {
    long end = Long.parseUnsignedLong(name.substring(name.length() - 16), 16);
    return (end >>> 2) & ~1L;
  }

  /**
   * An entry to choose from.
   *
   * @param used when last
   */
  record Entry(Shelf shelf, String key, Instant used, long bytes) {}
}
