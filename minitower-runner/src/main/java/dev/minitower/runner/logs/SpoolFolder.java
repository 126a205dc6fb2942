package dev.minitower.runner.logs;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The files of one spool: segments, numbered from 1 in the order of writing, and a checkpoint. */
record SpoolFolder(Path path) {
  private static final String SUFFIX = ".segment";

  void create() throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    var unused = Files.createDirectory(path, PosixFilePermissions.asFileAttribute(ownerOnly));
  }

  Path segment(int number) {
    return path.resolve("%08d%s".formatted(number, SUFFIX));
  }

  Path checkpoint() {
    return path.resolve("checkpoint");
  }

  /** The segments that are there, each with its size in bytes. */
  NavigableMap<Integer, Long> segments() throws IOException {
    var segments = new TreeMap<Integer, Long>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        int number = Integer.parseInt(name.substring(0, name.length() - SUFFIX.length()));
        segments.put(number, Files.size(file));
      }
    }
    return segments;
  }

  /** Returns when the content of a segment would survive a loss of power. */
  void sync(int number) throws IOException {
    sync(segment(number));
  }

  /** Likewise, that the files are there. */
  void sync() throws IOException {
    sync(path);
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      sync(parent);
    }
  }

  private static void sync(Path file) throws IOException {
    try (var channel = FileChannel.open(file, READ)) {
      channel.force(true);
    }
  }
}
