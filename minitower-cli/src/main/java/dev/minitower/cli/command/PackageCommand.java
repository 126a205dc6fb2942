package dev.minitower.cli.command;

import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import dev.minitower.model.artifact.PackedArtifact;
import dev.minitower.model.artifact.PackedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Packs without a server. */
@Command(
    name = "package",
    footer = {
      "",
      "Examples: minitower-cli package --list",
      "          minitower-cli package --dir examples/hello --output /tmp/hello.tar.gz"
    })
final class PackageCommand extends PlainCommand {
  @Mixin ProjectFolder folder = new ProjectFolder();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write. Without it: the app's name and .tar.gz, in this folder.")
  @Nullable Path output;

  @Option(names = "--list", description = "Only tell what would be packed.")
  boolean list;

  PackageCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    Project project = folder.open(context);
    if (list) {
      if (output != null) {
        throw CliException.usage("--list writes no file; leave out --output");
      }
      tell(project.towerfile().name(), project.files());
    } else {
      pack(project);
    }
  }

  private void tell(String app, List<PackedFile> files) {
    if (context.wantsJson()) {
      context.out().json(Json.write(Packing.json(app, files)));
      return;
    }
    Packing.table(files).printTo(context.out());
    context.err().line(app + ": " + Packing.files(files));
  }

  private void pack(Project project) {
    String app = project.towerfile().name();
    Path file = output != null ? output : Path.of(app + ".tar.gz");
    if (Files.isDirectory(file)) {
      throw CliException.usage(file + " is a folder; --output names a file");
    }
    PackedArtifact artifact = project.pack(file);
    if (context.wantsJson()) {
      context
          .out()
          .json(Json.write(Packing.json(app, artifact).put("file", artifact.file().toString())));
    } else {
      context.out().line("packed " + file + " (" + Packing.summary(artifact) + ")");
      context.err().line("content sha256: " + artifact.contentSha256());
    }
    warnIfItWillBePacked(project, artifact.file());
  }

  private void warnIfItWillBePacked(Project project, Path file) {
    boolean packed =
        file.startsWith(project.root())
            && project.files().stream()
                .anyMatch(other -> project.root().resolve(other.path()).equals(file));
    if (packed) {
      context
          .err()
          .line(
              "warning: the next deploy packs "
                  + file.getFileName()
                  + " too; name it in .minitowerignore, or write it elsewhere with --output");
    }
  }
}
