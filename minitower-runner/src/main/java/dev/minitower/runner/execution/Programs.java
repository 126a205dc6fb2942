package dev.minitower.runner.execution;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Finds a program as a shell would. */
final class Programs {
  private Programs() {}

  /** A name with a slash is a path; any other is searched for in the folders of {@code path}. */
  static Optional<Path> find(String name, String path) {
    if (name.contains("/")) {
      return Optional.of(Path.of(name).toAbsolutePath()).filter(Programs::isProgram);
    }
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).toAbsolutePath().resolve(name))
        .filter(Programs::isProgram)
        .findFirst();
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
