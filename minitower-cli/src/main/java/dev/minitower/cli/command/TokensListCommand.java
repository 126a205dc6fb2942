package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import dev.minitower.cli.output.Table;
import dev.minitower.cli.platform.Json;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** The tokens that the caller may see. */
@Command(
    name = "list",
    description = "List API tokens: an admin all of the team's, others their own.",
    footer = {"", "Example: minitower-cli tokens list"})
final class TokensListCommand extends PlainCommand {
  TokensListCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    context.show(context.api().get(ApiPath.of("tokens")), this::print);
  }

  private void print(JsonNode list) {
    var table =
        Table.withColumns("TOKEN", "NAME", "ROLE", "CREATED", "LAST USED", "EXPIRES", "NOTE")
            .leastImportant("ROLE", "CREATED", "LAST USED");
    for (JsonNode token : list.path("tokens").values()) {
      table.row(
          Json.text(token, "token_id"),
          Json.text(token, "name"),
          Json.text(token, "role"),
          context.ago(token, "created_at"),
          context.ago(token, "last_used_at"),
          context.ago(token, "expires_at"),
          note(token));
    }
    table.printTo(context.out());
  }

  private String note(JsonNode token) {
    String revoked = context.ago(token, "revoked_at");
    if (!revoked.isEmpty()) {
      return "revoked " + revoked;
    }
    return token.path("current").asBoolean(false) ? "in use here" : "";
  }
}
