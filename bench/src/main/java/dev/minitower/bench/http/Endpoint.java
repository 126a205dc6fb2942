package dev.minitower.bench.http;

import java.net.URI;

/** Where a server listens. */
public record Endpoint(String host, int port) {
  /**
   * Reads {@code http://HOST:PORT}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Endpoint of(String url) {
    URI uri = URI.create(url);
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null || !path.matches("/?")) {
      throw new IllegalArgumentException("'" + url + "' is not of the form http://HOST:PORT");
    }
    return new Endpoint(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
  }

  public String url() {
    return "http://" + host + ":" + port;
  }
}
