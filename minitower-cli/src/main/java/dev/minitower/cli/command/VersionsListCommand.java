package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.output.HumanText;
import dev.minitower.cli.output.Table;
import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** An app's versions, newest first. */
@Command(
    name = "list",
    description = "List an app's versions, newest first.",
    footer = {"", "Example: minitower-cli versions list hello"})
final class VersionsListCommand extends PlainCommand {
  private static final int HASH_SHOWN = 12;

  @Parameters(paramLabel = "APP", description = "The app's slug.")
  String app = "";

  @Mixin PageOptions page = new PageOptions();

  VersionsListCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    ApiPath path = page.applyTo(ApiPath.of("apps", app, "versions"));
    context.show(context.api().get(path), this::print);
  }

  private void print(JsonNode list) {
    var table =
        Table.withColumns("VERSION", "ENTRYPOINT", "SIZE", "CONTENT", "CREATED")
            .leastImportant("CONTENT", "SIZE");
    for (JsonNode version : list.path("versions").values()) {
      String hash = Json.text(version, "content_sha256");
      table.row(
          Json.text(version, "version_no"),
          Json.text(version, "entrypoint"),
          size(version),
          hash.substring(0, Math.min(HASH_SHOWN, hash.length())),
          context.ago(version, "created_at"));
    }
    if (table.isEmpty()) {
      context.err().line("no versions of " + app + " yet; 'minitower-cli deploy' makes one");
      return;
    }
    table.printTo(context.out());
    page.sayWhatIsLeft(list, context.err());
  }

  /** Empty from a server that doesn't tell it. */
  static String size(JsonNode version) {
    JsonNode size = version.path("artifact_size");
    return size.isNumber() ? HumanText.size(size.asLong(0)) : "";
  }
}
