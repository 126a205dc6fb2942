package dev.minitower.cli.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which folder a command is about. */
final class ProjectFolder {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "The project's folder. Without it: this one.")
  Path dir = Path.of("");

  /** Reads its Towerfile; what is odd about it is told. */
  Project open(CommandContext context) {
    Project project = Project.open(dir);
    project.warnings().forEach(warning -> context.err().line("warning: Towerfile: " + warning));
    return project;
  }
}
