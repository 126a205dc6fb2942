package dev.minitower.runner.loop;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the runner's disk has room for another run.
 *
 * @param minBytes below this it has not
 */
public record FreeSpace(Path folder, long minBytes) {
  private static final long MIB = 1024 * 1024;

  /** What is wrong, for people. */
  Optional<String> problem() {
    try {
      FileStore disk = Files.getFileStore(folder);
      long free = disk.getUsableSpace();
      return free >= minBytes
          ? Optional.empty()
          : Optional.of(
              "the disk of %s has %d MiB left, MINITOWER_MIN_FREE_SPACE is %d MiB"
                  .formatted(folder, free / MIB, minBytes / MIB));
    } catch (IOException e) {
      return Optional.of("the disk of " + folder + " can't be asked: " + e.getMessage());
    }
  }
}
