package dev.minitower.runner.execution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** The files of a virtual environment that know where it is. */
final class EnvironmentFiles {
  private static final String CONFIGURATION = "pyvenv.cfg";

  private EnvironmentFiles() {}

  /** True if its interpreter can be started: it is a link to one that may be gone. */
  static boolean areSound(Path environment) {
    return Files.isRegularFile(environment.resolve(CONFIGURATION))
        && Files.isExecutable(environment.resolve("bin/python"));
  }

  /**
   * Makes an environment ready for being renamed: console scripts begin with the way to their
   * interpreter. Both names are of one length, so that nothing else in a file moves. Compiled
   * modules need nothing: Python puts their real place in when it loads them. Follows no link,
   * which a package may have put there to somewhere else.
   */
  static void rename(Path environment, Path destination) throws IOException {
    String from = String.valueOf(environment.getFileName());
    String to = String.valueOf(destination.getFileName());
    if (from.equals(to)) {
      return;
    }
    if (from.length() != to.length()) {
      throw new IllegalArgumentException("names of different lengths: " + from + " and " + to);
    }
    for (Path file : withPaths(environment)) {
      String content = Files.readString(file, ISO_8859_1);
      if (content.contains(from)) {
        FileTime modified = Files.getLastModifiedTime(file);
        Files.writeString(file, content.replace(from, to), ISO_8859_1);
        Files.setLastModifiedTime(file, modified);
      }
    }
  }

  private static List<Path> withPaths(Path environment) throws IOException {
    var files = new ArrayList<>(List.of(environment.resolve(CONFIGURATION)));
    Path programs = environment.resolve("bin");
    if (Files.isDirectory(programs, LinkOption.NOFOLLOW_LINKS)) {
      try (var all = Files.list(programs)) {
        all.forEach(files::add);
      }
    }
    files.removeIf(file -> !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    return files;
  }
}
