package dev.minitower.cli.command;

import dev.minitower.cli.http.ApiPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a token for every later request. The server's answer is empty, and so is that of --json. */
@Command(
    name = "revoke",
    description = "Revoke an API token.",
    footer = {"", "Example: minitower-cli tokens revoke 7"})
final class TokensRevokeCommand extends PlainCommand {
  @Parameters(paramLabel = "TOKEN", description = "The token's id, as 'tokens list' shows it.")
  long tokenId;

  TokensRevokeCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run() {
    var unused = context.api().delete(ApiPath.of("tokens", tokenId));
    if (!context.wantsJson()) {
      context.out().line("token " + tokenId + " revoked");
    }
  }
}
