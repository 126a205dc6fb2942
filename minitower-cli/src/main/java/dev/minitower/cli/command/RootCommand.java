package dev.minitower.cli.command;

import static picocli.CommandLine.ScopeType.INHERIT;

import dev.minitower.cli.config.Connection;
import dev.minitower.cli.output.ColourMode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The program without a command, and the options that every command takes, before or after its
 * name.
 */
@Command(
    name = "minitower-cli",
    description = "Deploys projects to a MiniTower server, runs them and watches them finish.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = ProgramVersion.class,
    footer = {
      "",
      "Flags beat the environment (MINITOWER_SERVER_URL, MINITOWER_API_TOKEN,",
      "MINITOWER_CLI_CONFIG), which beats the active profile. The server is",
      "http://127.0.0.1:8080 when nothing names another.",
      "",
      "Exit codes: 0 done, 1 failed, 2 run cancelled, 10 not allowed, 11 not found,",
      "12 conflict, 13 gone, 64 command line not understood.",
      "",
      "Examples: minitower-cli init                    # a Towerfile for this folder",
      "          minitower-cli run --local -p name=Ada # this folder, on this machine",
      "          minitower-cli login acme              # a server's team",
      "          minitower-cli run --deploy            # this folder, on the server"
    })
final class RootCommand {
  @Option(
      names = "--server",
      paramLabel = "URL",
      scope = INHERIT,
      description = "Address of the server.")
  @Nullable String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      scope = INHERIT,
      description =
          "API token. Other users of this machine may see it: better set it as MINITOWER_API_TOKEN.")
  @Nullable String token;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      scope = INHERIT,
      description = "Profile to use instead of the active one.")
  @Nullable String profile;

  @Option(names = "--json", scope = INHERIT, description = "Print the server's JSON.")
  boolean json;

  @Option(
      names = "--verbose",
      scope = INHERIT,
      description = "Tell each call's time and request id.")
  boolean verbose;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = INHERIT,
      description = "auto (on terminals, and not with NO_COLOR), always or never.")
  ColourMode color = ColourMode.auto;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = INHERIT,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version of this program.")
  boolean version;

  Connection.Flags flags() {
    return new Connection.Flags(server, token, profile);
  }
}
