package dev.minitower.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that goes with everything in it. */
final class Scratch implements AutoCloseable {
  private final Path folder;
  private final Runnable atExit = this::remove;

  private Scratch(Path folder) {
    this.folder = folder;
    AtExit.add(atExit);
  }

  static Scratch in(Path parent) throws IOException {
    return new Scratch(
        Files.createTempDirectory(Files.createDirectories(parent), "bench-").toAbsolutePath());
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    remove();
    AtExit.remove(atExit);
  }

  private void remove() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
