package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The living processes of this machine, read from {@code /proc} at one moment. Zombies don't count:
 * they can do nothing, and in a container whose first process doesn't collect them they stay for
 * ever.
 */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  private final List<Entry> entries;

  private ProcessTable(List<Entry> entries) {
    this.entries = entries;
  }

  /** False on systems without a Linux {@code /proc}. */
  static boolean isAvailable() {
    return Files.isReadable(PROC.resolve("self/stat"));
  }

  static ProcessTable read() {
    var entries = new ArrayList<Entry>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path folder : folders) {
        readEntry(folder).ifPresent(entries::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DirectoryIteratorException e) {
      throw new UncheckedIOException(e.getCause());
    }
    return new ProcessTable(entries);
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
      if (environmentOf(entry.pid()).contains("\0" + beginning)) {
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

  private Set<Long> pids() {
    var pids = new HashSet<Long>();
    entries.forEach(entry -> pids.add(entry.pid()));
    return pids;
  }

  /**
   * Field 2, the name, stands in parentheses and may hold anything, so that the rest begins at the
   * last one.
   */
  private static Optional<Entry> readEntry(Path folder) {
    try {
      String stat = Files.readString(folder.resolve("stat"), ISO_8859_1);
      String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 6);
      boolean dead = rest[0].equals("Z") || rest[0].equals("X");
      return dead
          ? Optional.empty()
          : Optional.of(
              new Entry(
                  Long.parseLong(folder.getFileName().toString()),
                  Long.parseLong(rest[1]),
                  Long.parseLong(rest[3])));
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

  private record Entry(long pid, long parent, long session) {}
}
