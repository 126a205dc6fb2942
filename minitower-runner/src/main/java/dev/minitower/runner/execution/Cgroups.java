package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Control groups (version 2) below the runner's own, one for each workload, named after its marker.
 * No controller is needed: a group is used to find and to kill, not to limit.
 */
final class Cgroups {
  private static final System.Logger LOG = System.getLogger(Cgroups.class.getName());
  private static final String PREFIX = "minitower-";
  private static final String PROCESSES = "cgroup.procs";

  private final Path parent;

  Cgroups(Path parent) {
    this.parent = parent;
  }

  /** The groups below this program's own; empty if there are none or they can't be written. */
  static Optional<Cgroups> find() {
    try {
      Optional<String> own =
          Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
              .filter(line -> line.startsWith("0::/"))
              .map(line -> line.substring("0::/".length()))
              .findFirst();
      Optional<Path> mount = mountPoint();
      return own.isPresent() && mount.isPresent()
          ? Optional.of(mount.get().resolve(own.get())).filter(Files::isWritable).map(Cgroups::new)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Fields of mountinfo: see proc(5); the type follows the separator, the fifth is the point. */
  private static Optional<Path> mountPoint() throws IOException {
    try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mountinfo"), UTF_8)) {
      return mounts
          .filter(line -> line.contains(" - cgroup2 "))
          .map(line -> Path.of(line.split(" ", 6)[4]))
          .findFirst();
    }
  }

  Path create(Marker marker) throws IOException {
    return Files.createDirectories(folderOf(marker));
  }

  /** Also of groups that the workload has made inside its own. */
  Set<Long> members(Marker marker) {
    var members = new HashSet<Long>();
    try (Stream<Path> files = Files.walk(folderOf(marker))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isDirectory)::iterator) {
        Files.readAllLines(file.resolve(PROCESSES)).forEach(pid -> members.add(Long.valueOf(pid)));
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "a group went while it was read: {0}", e.getMessage());
    }
    return members;
  }

  void kill(Marker marker) {
    try {
      Files.writeString(folderOf(marker).resolve("cgroup.kill"), "1");
    } catch (NoSuchFileException e) {
      LOG.log(Level.DEBUG, "no group to kill: {0}", e.getMessage());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a control group can''t be killed as a whole: {0}", e.getMessage());
    }
  }

  /** Left behind if a process is still in it; the next start of the runner tries again. */
  void remove(Marker marker) {
    removeTree(folderOf(marker));
  }

  /** The workloads that have a group, of all owners that begin like this. */
  Set<Marker> of(String owners) {
    var markers = new HashSet<Marker>();
    try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent, PREFIX + owners + "*")) {
      for (Path group : groups) {
        String name = group.getFileName().toString();
        int attempt = name.lastIndexOf('-');
        markers.add(
            new Marker(
                name.substring(PREFIX.length(), attempt),
                Long.parseLong(name.substring(attempt + 1))));
      }
    } catch (IOException | NumberFormatException e) {
      LOG.log(Level.WARNING, "control groups can''t be listed: {0}", e.getMessage());
    }
    return markers;
  }

  private Path folderOf(Marker marker) {
    return parent.resolve(PREFIX + marker.owner() + "-" + marker.attemptId());
  }

  private static void removeTree(Path group) {
    try (DirectoryStream<Path> inner = Files.newDirectoryStream(group, Files::isDirectory)) {
      inner.forEach(Cgroups::removeTree);
      Files.deleteIfExists(group);
    } catch (NoSuchFileException e) {
      LOG.log(Level.DEBUG, "no group to remove: {0}", e.getMessage());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a control group is left behind: {0}", e.getMessage());
    }
  }
}
