package dev.minitower.bench.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a program is started: a jar by a JVM, anything else by itself.
 *
 * @param java the JVM's executable
 * @param javaOptions for a jar alone
 */
public record Program(Path file, Path java, List<String> javaOptions) {
  List<String> command() {
    if (!file.toString().endsWith(".jar")) {
      return List.of(file.toAbsolutePath().toString());
    }
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", file.toAbsolutePath().toString()));
    return command;
  }

  /** A program of the same JDK. */
  public Path tool(String name) {
    Path sibling = java.resolveSibling(name);
    return Files.isExecutable(sibling) ? sibling : Path.of(name);
  }
}
