package dev.minitower.cli.config;

import dev.minitower.cli.platform.CliException;
import dev.minitower.cli.platform.ExitCodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which server a command talks to, and as whom.
 *
 * @param remedy what to do when there is no token, in words
 */
public record Connection(
    ServerAddress server, @Nullable String token, String profile, String remedy) {

  /** What the command line says; any of it may be left out. */
  public record Flags(@Nullable String server, @Nullable String token, @Nullable String profile) {}

  /**
   * Flags beat the environment, which beats the profile, which beats the default address. A
   * profile's token is used only for the profile's own server, so that an address given once by
   * mistake or by somebody else never gets it.
   */
  public static Connection resolve(Flags flags, Map<String, String> environment, Config config) {
    String name = flags.profile() == null ? config.active() : flags.profile();
    if (flags.profile() != null && !config.has(name)) {
      Config.requireName(name);
    }
    Profile profile = config.profile(name);
    ServerAddress server = server(flags, environment, profile, name);
    String token = firstSet(flags.token(), environment.get("MINITOWER_API_TOKEN"));
    if (token != null) {
      return new Connection(server, usable(token), name, "");
    }
    if (profile.token() == null) {
      return new Connection(server, null, name, loginRemedy(server));
    }
    if (profile.server() == null || own(profile.server(), name).equals(server)) {
      return new Connection(server, usable(profile.token()), name, "");
    }
    String other = "the token of profile '" + name + "' is for " + profile.server() + "; ";
    return new Connection(server, null, name, other + loginRemedy(server));
  }

  /** The same server without a token, for calls that need none. */
  public Connection anonymous() {
    return new Connection(server, null, profile, remedy);
  }

  public Connection withToken(String newToken) {
    return new Connection(server, usable(newToken), profile, "");
  }

  /** The token, or the end of the command with a word on how to get one. */
  public String requireToken() {
    if (token == null) {
      throw new CliException(
          "not logged in at " + server.url() + ": " + remedy, ExitCodes.NOT_ALLOWED, List.of());
    }
    return token;
  }

  /** Tokens never reach a log. */
  @Override
  public String toString() {
    return "Connection[server=" + server.url() + ", profile=" + profile + "]";
  }

  private static ServerAddress server(
      Flags flags, Map<String, String> environment, Profile profile, String name) {
    if (flags.server() != null) {
      return ServerAddress.parse(flags.server(), "--server");
    }
    String fromEnvironment = environment.getOrDefault("MINITOWER_SERVER_URL", "");
    if (!fromEnvironment.isEmpty()) {
      return ServerAddress.parse(fromEnvironment, "MINITOWER_SERVER_URL");
    }
    return profile.server() == null ? ServerAddress.DEFAULT : own(profile.server(), name);
  }

  private static ServerAddress own(String server, String profile) {
    return ServerAddress.parse(server, "profile '" + profile + "'");
  }

  private static String loginRemedy(ServerAddress server) {
    String flag = server.equals(ServerAddress.DEFAULT) ? "" : " --server " + server.url();
    return "run 'minitower-cli login TEAM" + flag + "' or set MINITOWER_API_TOKEN";
  }

  private static @Nullable String firstSet(@Nullable String first, @Nullable String second) {
    if (first != null && !first.isBlank()) {
      return first;
    }
    return second != null && !second.isBlank() ? second : null;
  }

  /** A header can't hold more than printable ASCII; the message leaves the token out. */
  private static String usable(String token) {
    String stripped = token.strip();
    if (!stripped.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
      throw CliException.usage("the API token holds characters that no token has");
    }
    return stripped;
  }
}
