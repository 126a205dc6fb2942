package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.output.Details;
import dev.minitower.cli.platform.Json;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** One version. */
@Command(
    name = "get",
    description = "Show one version of an app.",
    footer = {"", "Example: minitower-cli versions get hello 7"})
final class VersionsGetCommand extends PlainCommand {
  @Parameters(index = "0", paramLabel = "APP", description = "The app's slug.")
  String app = "";

  @Parameters(index = "1", paramLabel = "VERSION", description = "The version's number.")
  int version;

  VersionsGetCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    ApiPath path = ApiPath.of("apps", app, "versions", version);
    context.show(context.api().get(path), this::print);
  }

  private void print(JsonNode found) {
    String timeout = Json.text(found, "timeout_seconds");
    String parameters =
        found.path("params_schema").path("properties").properties().stream()
            .map(
                property -> property.getKey() + " (" + Json.text(property.getValue(), "type") + ")")
            .collect(Collectors.joining(", "));
    String importPaths =
        found.path("import_paths").values().stream()
            .map(path -> path.asString(""))
            .collect(Collectors.joining(", "));
    new Details()
        .add("app", app)
        .add("version", Json.text(found, "version_no"))
        .add("entrypoint", Json.text(found, "entrypoint"))
        .add("timeout", timeout.isEmpty() ? "" : timeout + " s")
        .add("parameters", parameters)
        .add("import paths", importPaths)
        .add("size", VersionsListCommand.size(found))
        .add("content sha256", Json.text(found, "content_sha256"))
        .add("artifact sha256", Json.text(found, "artifact_sha256"))
        .add("created", context.ago(found, "created_at"))
        .printTo(context.out());
  }
}
