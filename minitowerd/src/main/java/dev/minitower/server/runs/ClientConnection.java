package dev.minitower.server.runs;

import jakarta.servlet.http.HttpServletRequest;

/** The other end of a request that waits. */
final class ClientConnection {
  private final HttpServletRequest request;

  ClientConnection(HttpServletRequest request) {
    this.request = request;
  }

  void watch() {}

  boolean isGone() {
    return request == null;
  }
}
