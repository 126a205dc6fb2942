package dev.minitower.cli.config;

import dev.minitower.cli.platform.CliException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where a control plane is: {@code http} or {@code https}, a host, perhaps a port and a path. */
public record ServerAddress(String url) {
  public static final ServerAddress DEFAULT = new ServerAddress("http://127.0.0.1:8080");

  /** Checks an address and takes trailing slashes off; {@code origin} says where it came from. */
  public static ServerAddress parse(String text, String origin) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException malformed) {
      throw invalid(text, origin);
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
      throw invalid(text, origin);
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw invalid(text, origin);
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath().replaceAll("/+$", "");
    return new ServerAddress(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path);
  }

  private static CliException invalid(String text, String origin) {
    return CliException.usage(
        "the server's address must look like http://host:8080, not '"
            + text
            + "' (from "
            + origin
            + ")");
  }
}
