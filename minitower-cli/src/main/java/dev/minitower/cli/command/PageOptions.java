package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.output.Output;
import dev.minitower.cli.platform.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Which part of a long list is wanted. */
final class PageOptions {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many at most, 1 to 100. Without it: 50.")
  @Nullable Integer limit;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Go on where a list ended that said there is more.")
  @Nullable String cursor;

  ApiPath applyTo(ApiPath path) {
    return path.with("limit", limit).with("cursor", cursor);
  }

  void sayWhatIsLeft(JsonNode list, Output err) {
    String next = Json.text(list, "next_cursor");
    if (!next.isEmpty()) {
      err.line("there is more: repeat the command with --cursor " + next);
    }
  }
}
