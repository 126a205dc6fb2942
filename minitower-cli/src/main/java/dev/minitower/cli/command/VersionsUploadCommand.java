package dev.minitower.cli.command;

import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Uploads an archive that somebody else packed. */
@Command(
    name = "upload",
    description = "Upload a .tar.gz with a Towerfile at its root as an app's next version.",
    footer = {"", "Example: minitower-cli versions upload hello hello.tar.gz"})
final class VersionsUploadCommand extends PlainCommand {
  @Parameters(index = "0", paramLabel = "APP", description = "The app's slug.")
  String app = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The archive.")
  Path file = Path.of("");

  VersionsUploadCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw CliException.usage("there is no file " + file + " that can be read");
    }
    context.show(
        new ArtifactUploader(context).upload(context.api(), app, file),
        version ->
            context.out().line("uploaded " + app + " version " + Json.text(version, "version_no")));
  }
}
