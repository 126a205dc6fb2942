package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The living processes of this machine, read from {@code /proc} at one moment. Zombies don't count:
 * they can do nothing, and in a container whose first process doesn't collect them they stay for
 * ever.
 */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  /** Enough to meet one that replaces itself every few milliseconds. */
  static final int MANY_LOOKS = 20;

  private final List<Entry> entries;
  private final Set<Long> ended;

  /**
   * @param ended were there at first and had ended when it was their turn, or before
   */
  private ProcessTable(List<Entry> entries, Set<Long> ended) {
    this.entries = entries;
    this.ended = ended;
  }

  /**
   * Processes that were looked for.
   *
   * @param groups the process groups that they have for themselves
   */
  record Found(Set<Long> pids, Set<Long> groups) {}

  /** False on systems without a Linux {@code /proc}. */
  static boolean isAvailable() {
    return Files.isReadable(PROC.resolve("self/stat"));
  }

  /**
   * Looks for processes, and again while nobody is found and some ended since the look before: one
   * that replaces itself all the time was between two of them.
   *
   * @param looks how many at most
   */
  static Found find(int looks, Function<ProcessTable, Set<Long>> search) {
    ProcessTable table = read();
    Set<Long> pids = search.apply(table);
    Set<Long> endedBefore = Set.of();
    for (int look = 1; pids.isEmpty() && look < looks; look++) {
      if (endedBefore.containsAll(table.ended)) {
        break;
      }
      endedBefore = table.ended;
      table = read();
      pids = search.apply(table);
    }
    return new Found(pids, table.groupsOf(pids));
  }

  /** The newest come first, because those that replace themselves are among them. */
  static ProcessTable read() {
    var entries = new ArrayList<Entry>();
    var ended = new HashSet<Long>();
    for (long pid : list()) {
      Optional<Entry> entry = readEntry(pid);
      entry.ifPresentOrElse(entries::add, () -> ended.add(pid));
    }
    return new ProcessTable(entries, ended);
  }

  private static List<Long> list() {
    var pids = new ArrayList<Long>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      folders.forEach(folder -> pids.add(Long.parseLong(folder.getFileName().toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DirectoryIteratorException e) {
      throw new UncheckedIOException(e.getCause());
    }
    pids.sort(Comparator.reverseOrder());
    return pids;
  }

  /** A process and its children, theirs, and everything in its session, whoever the parent is. */
  Set<Long> familyOf(long pid) {
    var family = new HashSet<Long>(Set.of(pid));
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Entry entry : entries) {
        if (family.contains(entry.parent()) || entry.session() == pid) {
          grown |= family.add(entry.pid());
        }
      }
    }
    family.retainAll(pids());
    return family;
  }

  /** The processes that were started with an environment entry beginning with this text. */
  Set<Long> withEnvironment(String beginning) {
    var marked = new HashSet<Long>();
    for (Entry entry : entries) {
      if (entry.environment().contains("\0" + beginning)) {
        marked.add(entry.pid());
      }
    }
    return marked;
  }

  /** 0 for a process that is not in the table. */
  long parentOf(long pid) {
    return entries.stream()
        .filter(entry -> entry.pid() == pid)
        .mapToLong(Entry::parent)
        .findFirst()
        .orElse(0);
  }

  /** Without those that a process outside of {@code pids} is in. */
  private Set<Long> groupsOf(Set<Long> pids) {
    var groups = new HashSet<Long>();
    entries.stream()
        .filter(entry -> pids.contains(entry.pid()))
        .forEach(e -> groups.add(e.group()));
    entries.stream()
        .filter(entry -> !pids.contains(entry.pid()))
        .forEach(entry -> groups.remove(entry.group()));
    return groups;
  }

  private Set<Long> pids() {
    var pids = new HashSet<Long>();
    entries.forEach(entry -> pids.add(entry.pid()));
    return pids;
  }

  /**
   * Field 2 of the stat, the name, stands in parentheses and may hold anything, so that the rest
   * begins at the last one. Read after the environment, which a process loses as it ends.
   */
  private static Optional<Entry> readEntry(long pid) {
    String environment = environmentOf(pid);
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"), ISO_8859_1);
      String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 6);
      boolean dead = rest[0].equals("Z") || rest[0].equals("X");
      return dead
          ? Optional.empty()
          : Optional.of(
              new Entry(
                  pid,
                  Long.parseLong(rest[1]),
                  Long.parseLong(rest[2]),
                  Long.parseLong(rest[3]),
                  environment));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Empty for a process that has gone or belongs to another user. */
  private static String environmentOf(long pid) {
    try {
      return "\0" + Files.readString(PROC.resolve(pid + "/environ"), ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private record Entry(long pid, long parent, long group, long session, String environment) {}
}
