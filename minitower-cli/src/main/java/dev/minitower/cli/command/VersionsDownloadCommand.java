package dev.minitower.cli.command;

import dev.minitower.cli.http.Answer;
import dev.minitower.cli.http.ApiClient;
import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.http.Download;
import dev.minitower.cli.output.HumanText;
import dev.minitower.cli.output.Progress;
import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.ExitCodes;
import dev.minitower.cli.platform.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/**
 * Gets a version's artifact; the file appears only when all of it is there and is the right one.
 */
@Command(
    name = "download",
    description = "Download the archive of an app's version and check its SHA-256.",
    footer = {
      "",
      "Examples: minitower-cli versions download hello",
      "          minitower-cli versions download hello 7 --output /tmp/hello.tar.gz"
    })
final class VersionsDownloadCommand extends PlainCommand {
  @Parameters(index = "0", paramLabel = "APP", description = "The app's slug.")
  String app = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "The version's number. Without it: the newest.")
  @Nullable Integer version;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write. Without it: APP-VERSION.tar.gz in this folder.")
  @Nullable Path output;

  @Option(names = "--force", description = "Replace a file that is there.")
  boolean force;

  VersionsDownloadCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    ApiClient api = context.api();
    int versionNo = version != null ? version : newest(api);
    ApiPath path = ApiPath.of("apps", app, "versions", versionNo);
    Answer described = api.get(path);
    Path file = output != null ? output : Path.of(app + "-" + versionNo + ".tar.gz");
    if (Files.isDirectory(file)) {
      throw CliException.usage(file + " is a folder; --output names a file");
    }
    if (!force && Files.exists(file)) {
      throw new CliException(file + " is there already; --force replaces it");
    }
    Download download =
        write(
            api,
            ApiPath.of("apps", app, "versions", versionNo, "artifact"),
            file,
            Json.text(described.json(), "artifact_sha256"));
    context.show(
        described,
        unused ->
            context
                .out()
                .line("downloaded " + file + " (" + HumanText.size(download.bytes()) + ")"));
  }

  private int newest(ApiClient api) {
    JsonNode newest =
        api.get(ApiPath.of("apps", app, "versions").with("limit", 1))
            .json()
            .path("versions")
            .path(0);
    if (newest.isMissingNode()) {
      throw new CliException("app " + app + " has no version yet", ExitCodes.NOT_FOUND, List.of());
    }
    return newest.path("version_no").asInt(0);
  }

  private Download write(ApiClient api, ApiPath path, Path file, String expectedSha256) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Path part = Files.createTempFile(folder, ".minitower-", ".part");
      try {
        Download download = fetch(api, path, part);
        check(download, expectedSha256);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return download;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException | UncheckedIOException failed) {
      throw new CliException("can't write " + file + ": " + failed.getMessage());
    }
  }

  private Download fetch(ApiClient api, ApiPath path, Path part) throws IOException {
    var clock = context.surroundings().clock();
    try (OutputStream target = Files.newOutputStream(part);
        var progress = new Progress(context.err(), clock, "downloading " + app)) {
      return api.download(path, target, progress::update);
    }
  }

  private static void check(Download download, String expectedSha256) {
    boolean asDeclared =
        download.declaredSha256().isEmpty()
            || download.declaredSha256().equalsIgnoreCase(download.sha256());
    if (!asDeclared || !expectedSha256.equalsIgnoreCase(download.sha256())) {
      throw new CliException(
          "the archive arrived damaged: its SHA-256 is "
              + download.sha256()
              + ", not "
              + expectedSha256
              + "; try again");
    }
  }
}
