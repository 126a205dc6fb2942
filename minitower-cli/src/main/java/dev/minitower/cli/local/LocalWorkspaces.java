package dev.minitower.cli.local;

import dev.minitower.runner.execution.Workspace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Where local runs have their workspaces: a folder for each, named after the process that made it,
 * so that the next run removes what a killed one has left.
 */
final class LocalWorkspaces {
  private final Path parent;
  private final ProcessHandle self = ProcessHandle.current();

  LocalWorkspaces(Path parent) {
    this.parent = parent;
  }

  /** A folder that is not there yet. */
  Path next() throws IOException {
    Files.createDirectories(parent);
    removeLeftovers();
    return parent.resolve(nameOf(self) + "-" + UUID.randomUUID());
  }

  private void removeLeftovers() throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
      for (Path folder : folders) {
        if (!isInUse(folder.getFileName().toString())) {
          Workspace.delete(folder);
        }
      }
    }
  }

  private static boolean isInUse(String name) {
    try {
      Optional<ProcessHandle> maker =
          ProcessHandle.of(Long.parseLong(name.substring(0, Math.max(0, name.indexOf('-')))));
      return maker.filter(process -> name.startsWith(nameOf(process) + "-")).isPresent();
    } catch (NumberFormatException notOurs) {
      return true;
    }
  }

  /** A process id comes back some day, but not with the same start. */
  private static String nameOf(ProcessHandle process) {
    Instant start = process.info().startInstant().orElse(Instant.EPOCH);
    return process.pid() + "-" + start.toEpochMilli();
  }
}
